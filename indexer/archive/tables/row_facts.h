// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/enum_names.h"
#include "common/base/result.h"
#include "common/model/snapshot.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace smallprint::archive {

// The columns of a table, or the keys of a JSON object, say something of a snapshot.

enum class RowField : std::uint8_t {
    vendor,
    date,
    text,
    html,
    url,
    archive_url,
    type,
    language,
    timestamp,  // of a web archive: a date where there is none
    path,       // in a manifest
};

// The user's own names of columns (schemas/column-map.v1.schema.json); empty where the
// usual names hold.
using ColumnMap = EnumArray<RowField, std::string>;

// The file of --map: {"vendor": "company_name", "date": "crawled_on"}.
Result<ColumnMap> read_column_map(const std::filesystem::path& path);

// Says which field a column is, and how good a name it has for it: 0 the best.
struct NamedField {
    RowField field;
    std::size_t rank;
};

// Nothing for a column that is none of ours. "Source URL" and "source-url" are source_url.
std::optional<NamedField> find_field(std::string_view column, const ColumnMap& map);

// The number of each field's column.
using RowColumns = EnumArray<RowField, std::optional<std::size_t>>;

// True if there is a column for text or for HTML.
inline bool has_text_column(const RowColumns& columns) {
    return columns[RowField::text].has_value() || columns[RowField::html].has_value();
}

// If several columns could be a field, the one with the better name is.
RowColumns map_columns(std::span<const std::string> header, const ColumnMap& map);

// "vendor, date and text" of a header, for messages; cut where it is long.
std::string list_of_columns(std::span<const std::string> header);

// Takes what a row says of a field, trimmed and in any charset; a value that means nothing or is
// longer than any fact leaves it unknown. Text, html and path are no facts.
void set_fact(RowField field, std::string_view value, SnapshotFacts& facts);

// The same for all fields of a row; `value` gives that of a field.
template <typename Value> void set_facts(SnapshotFacts& facts, Value value) {
    for (const RowField field : k_values<RowField>) {
        if (field != RowField::text && field != RowField::html) {
            set_fact(field, value(field), facts);
        }
    }
}

// A value that people read or follow: trimmed, valid UTF-8; empty if it is longer than any fact.
std::string fact_text(std::string_view value);

}  // namespace smallprint::archive

// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/enum_names.h"
#include "common/base/result.h"
#include "common/model/listing.h"
#include "indexer/archive/tables/row_facts.h"
#include "indexer/archive/tables/sqlite_file.h"

#include <sqlite3.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace smallprint::archive {

// Says where a database has what we look for. The release database of the Princeton-Leuven corpus
// (https://privacypolicies.cs.princeton.edu) has
//
//   sites(id, domain, ...)
//   policy_texts(id, policy_text, ...)
//   policy_snapshots(id, site_id, policy_text_id, policy_snapshot_url, policy_url, year, phase,
//   ...)
//
// Databases made of it leave columns out, rename them or keep the text in the snapshot's own row.
// Names are as the database has them (quoted_name); empty for what is not there.
struct SqliteSchema {
    std::string snapshots;  // table
    std::string snapshot_id;
    EnumArray<RowField, std::string> facts;  // columns of it; no text
    std::string year;
    std::string phase;  // "A" or "B", the half of the year
    std::string text_id;
    std::string site_id;

    std::string texts;     // table; the same as `snapshots` where there is no other
    std::string texts_id;  // empty where the row's own number is the id
    std::string text;      // column
    TextForm form = TextForm::markdown;

    std::string sites;  // table
    std::string sites_id;
    std::string site_name;

    bool keeps_texts_apart() const { return texts != snapshots; }
};

// The error for a database of another kind says what was looked for and what there is instead.
Result<SqliteSchema> probe_schema(sqlite3* database);

// Finds where the texts of a database are and how large, told without reading them: the number of
// bytes stands in front of a value, which may go on over thousands of pages.
class SqliteTexts {
public:
    // `database` and `schema` have to outlive it.
    static Result<SqliteTexts> open(sqlite3* database, const SqliteSchema& schema);

    // The number of the row with the text of this id.
    std::optional<std::int64_t> row_of(std::string_view id) const;

    struct Size {
        std::uint64_t bytes = 0;
        std::string_view problem;  // why there is no text, where that is the database's fault
    };

    Size size_of(std::int64_t row);

private:
    SqliteTexts(sqlite3* database, const SqliteSchema& schema)
        : m_database(database), m_schema(&schema) {}

    Result<void> find_rows();
    Size look_up(std::int64_t row);

    sqlite3* m_database;
    const SqliteSchema* m_schema;
    std::unordered_map<std::string, std::int64_t> m_rows;  // by id; none where ids are numbers
    std::unordered_map<std::int64_t, Size> m_sizes;        // by row
    SqliteStatement m_presence;
    SqliteBlob m_value;
};

}  // namespace smallprint::archive

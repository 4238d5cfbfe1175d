// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/archive/tables/csv_reader.h"

#include "common/base/enum_names.h"
#include "common/base/error.h"
#include "common/base/result.h"
#include "common/base/strings.h"
#include "common/io/file.h"
#include "common/model/listing.h"
#include "common/text/utf8.h"
#include "indexer/archive/charset.h"
#include "indexer/archive/source_text.h"
#include "indexer/archive/tables/csv_rows.h"
#include "indexer/archive/tables/row_facts.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace smallprint::archive {
namespace {

constexpr std::size_t k_head = std::size_t{64} << 10U;  // bytes that hold any header

struct FieldText {
    std::string_view text;
    TextForm form = TextForm::markdown;
};

// The text of a row, or its HTML where it has no text.
FieldText find_text(const CsvRow& row, const RowColumns& columns) {
    const std::string_view text = value_in(row, columns[RowField::text]);
    if (!is_blank(text)) {
        return {text, TextForm::markdown};
    }
    return {value_in(row, columns[RowField::html]), TextForm::html};
}

// A table of facts may have a column "html" that says yes or no.
bool has_flags_for_html(std::string_view rows, char separator, const RowColumns& columns) {
    constexpr std::size_t k_longest_flag = 5;
    bool has_rows = false;
    while (auto fields = first_csv_row(rows, separator)) {
        CsvRow row;
        row.fields = std::move(*fields);
        if (columns[RowField::text] ||
            value_in(row, columns[RowField::html]).size() > k_longest_flag) {
            return false;
        }
        has_rows = true;
        const std::size_t end = rows.find('\n');
        rows = end == rows.npos ? std::string_view() : rows.substr(end + 1);
    }
    return has_rows;
}

// A row may end in more separators than the header, as spreadsheets write them; one that ends early
// is taken if it has its text.
bool has_width(const CsvRow& row, std::size_t width) {
    return row.fields.size() >= width &&
           std::ranges::all_of(std::span(row.fields).subspan(width),
                               [](const std::string& text) { return is_blank(text); });
}

}  // namespace

bool looks_like_csv(std::string_view head, const ColumnMap& map) {
    const CsvHeader found = find_csv_header(head);
    head.remove_prefix(found.offset);
    const auto header = first_csv_row(head, found.separator);
    const auto is_name = [](std::string_view name) {
        return name.size() <= 64 && name.find_first_of("\n<>{}") == std::string_view::npos;
    };
    if (!header || header->size() < 2 || !std::ranges::all_of(*header, is_name)) {
        return false;
    }
    const RowColumns columns = map_columns(*header, map);
    const std::size_t end = head.find('\n');  // or there is no row behind the header
    const std::string_view rows = end == head.npos ? std::string_view() : head.substr(end + 1);
    return has_text_column(columns) && !has_flags_for_html(rows, found.separator, columns);
}

CsvReader::CsvReader(std::string name, io::FileBytes bytes, ColumnMap map)
    : m_name(std::move(name)), m_bytes(std::move(bytes)), m_map(std::move(map)) {}

Result<Listing> CsvReader::list() {
    TRY_ASSIGN(m_bytes, as_utf8(m_bytes));
    TRY_ASSIGN(const std::string head, m_bytes.read(0, k_head));
    const CsvHeader header = find_csv_header(head + "\n");
    m_separator = header.separator;
    CsvRows rows(m_bytes, m_separator, header.offset, header.line);
    TRY(read_header(rows));
    Listing listing;
    while (true) {
        TRY_ASSIGN(const std::optional<CsvRow> row, rows.next());
        if (!row) {
            return listing;
        }
        list_row(*row, listing);
    }
}

Result<void> CsvReader::read_header(CsvRows& rows) {
    TRY_ASSIGN(const std::optional<CsvRow> row, rows.next());
    if (!row || !row->problem.empty()) {
        return fail(ErrorCode::input,
                    fmt::format("'{}' has no row with the names of its columns{}{}", m_name,
                                row ? ": " : "", row ? row->problem : ""));
    }
    std::vector<std::string> header;
    for (const std::string& name : row->fields) {
        header.push_back(decode_text(name, "").text);
    }
    m_width = header.size();
    m_columns = map_columns(header, m_map);
    for (const RowField field : k_values<RowField>) {
        if (!m_map[field].empty() && !m_columns[field]) {
            return fail(ErrorCode::input,
                        fmt::format("'{}' has no column '{}' as --map says; it has {}", m_name,
                                    text::terminal_safe(m_map[field]), list_of_columns(header)));
        }
    }
    if (!has_text_column(m_columns)) {
        return fail(ErrorCode::input,
                    fmt::format("'{}' has no column 'text' or 'html'; it has {}", m_name,
                                list_of_columns(header)),
                    "say with --map which column is which");
    }
    return {};
}

void CsvReader::list_row(const CsvRow& row, Listing& listing) const {
    ListedSnapshot snapshot;
    snapshot.facts.place = fmt::format("{}:line {}", m_name, row.line);
    if (!row.problem.empty()) {
        listing.skipped.push_back({snapshot.facts.place, row.problem,
                                   row.over_limit ? SkipKind::limit : SkipKind::unreadable});
        return;
    }
    const FieldText text = find_text(row, m_columns);
    const bool is_short = row.fields.size() < m_width && !is_blank(text.text);
    if (!is_short && !has_width(row, m_width)) {
        listing.skipped.push_back(
            {snapshot.facts.place,
             fmt::format("has {} fields where the header has {}", row.fields.size(), m_width)});
        return;
    }
    if (is_blank(text.text)) {
        listing.skipped.push_back({snapshot.facts.place, "holds no text", SkipKind::empty});
        return;
    }
    set_facts(snapshot.facts, [&](RowField field) { return value_in(row, m_columns[field]); });
    snapshot.locator = row.offset;
    list_table_text(text.text, text.form, snapshot);
    listing.snapshots.push_back(std::move(snapshot));
}

Result<SourceText> CsvReader::read(const ListedSnapshot& snapshot) const {
    CsvRows rows(m_bytes, m_separator, snapshot.locator);
    TRY_ASSIGN(const std::optional<CsvRow> row, rows.next());
    if (!row || !row->problem.empty()) {
        return fail(ErrorCode::input, "the row is not there any more");
    }
    const FieldText text = find_text(*row, m_columns);
    return make_source(text.text, text.form);
}

}  // namespace smallprint::archive

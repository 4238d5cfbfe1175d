// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/archive/tables/sqlite_schema.h"

#include "common/base/enum_names.h"
#include "common/base/error.h"
#include "common/base/result.h"
#include "common/base/strings.h"
#include "common/model/listing.h"
#include "indexer/archive/tables/row_facts.h"
#include "indexer/archive/tables/sqlite_file.h"

#include <fmt/format.h>

#include <sqlite3.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace smallprint::archive {
namespace {

constexpr std::size_t k_most_tables = 1000;
constexpr std::string_view k_hint =
    "of SQLite databases, the release database of the Princeton-Leuven corpus can be read, and "
    "what has tables like it";

struct Table {
    std::string name;
    std::vector<std::string> columns;
    std::string row_number;  // the column that is another name for it; empty if none is
};

Result<void> read_columns(sqlite3* database, Table& table) {
    TRY_ASSIGN(const SqliteStatement info,
               prepare(database, fmt::format("PRAGMA table_info({})", quoted_name(table.name))));
    int code = SQLITE_OK;
    std::size_t keys = 0;
    while ((code = sqlite3_step(info.get())) == SQLITE_ROW) {
        table.columns.emplace_back(text_at(info.get(), 1));
        if (sqlite3_column_int(info.get(), 5) != 0) {
            ++keys;
            const bool is_number = lower_ascii(text_at(info.get(), 2)) == "integer";
            table.row_number = is_number ? table.columns.back() : "";
        }
    }
    if (keys != 1) {
        table.row_number.clear();
    }
    if (code != SQLITE_DONE) {
        return sqlite_failure("read its schema", database);
    }
    return {};
}

// Views and virtual tables, which run code, are no tables.
Result<std::vector<Table>> read_tables(sqlite3* database) {
    TRY_ASSIGN(const SqliteStatement names,
               prepare(database, "SELECT name FROM sqlite_schema WHERE type = 'table' AND "
                                 "rootpage > 0 ORDER BY name"));
    std::vector<Table> tables;
    int code = SQLITE_OK;
    while (tables.size() < k_most_tables && (code = sqlite3_step(names.get())) == SQLITE_ROW) {
        Table& table = tables.emplace_back();
        table.name = text_at(names.get(), 0);
        TRY(read_columns(database, table));
    }
    if (code != SQLITE_DONE && code != SQLITE_ROW) {
        return sqlite_failure("read its schema", database);
    }
    return tables;
}

// The first of `names` that there is.
const Table* find_table(const std::vector<Table>& tables,
                        std::initializer_list<std::string_view> names) {
    for (const std::string_view name : names) {
        const auto found = std::ranges::find_if(
            tables, [&](const Table& table) { return lower_ascii(table.name) == name; });
        if (found != tables.end()) {
            return &*found;
        }
    }
    return nullptr;
}

std::string find_column(const Table& table, std::initializer_list<std::string_view> names) {
    for (const std::string_view name : names) {
        const auto found = std::ranges::find_if(
            table.columns, [&](const std::string& column) { return lower_ascii(column) == name; });
        if (found != table.columns.end()) {
            return *found;
        }
    }
    return {};
}

Failure column_failure(const Table& table, std::string_view wanted) {
    return fail(ErrorCode::input,
                fmt::format("its table {} has no column {}; it has {}", table.name, wanted,
                            list_of_columns(table.columns)),
                std::string(k_hint));
}

// True if the table has a column for text, or for HTML, which is used then.
bool find_text_column(const Table& table, SqliteSchema& schema) {
    const RowColumns columns = map_columns(table.columns, {});
    for (const RowField field : {RowField::text, RowField::html}) {
        if (const auto column = columns[field]) {
            schema.texts = table.name;
            schema.text = table.columns[*column];
            schema.form = field == RowField::text ? TextForm::markdown : TextForm::html;
            return true;
        }
    }
    return false;
}

Result<void> find_texts(const std::vector<Table>& tables, const Table& snapshots,
                        SqliteSchema& schema) {
    const Table* texts = find_table(tables, {"policy_texts", "texts"});
    if (!schema.text_id.empty() && texts != nullptr && texts != &snapshots) {
        if (!find_text_column(*texts, schema)) {
            return column_failure(*texts, "policy_text, text or html");
        }
        schema.texts_id = find_column(*texts, {"id", "policy_text_id", "text_id"});
        if (schema.texts_id.empty()) {
            return column_failure(*texts, "id");
        }
        if (schema.texts_id == texts->row_number) {
            schema.texts_id.clear();
        }
        return {};
    }
    if (find_text_column(snapshots, schema)) {
        return {};
    }
    return schema.text_id.empty()
               ? column_failure(snapshots, "policy_text_id")
               : fail(ErrorCode::input, "it has no table policy_texts", std::string(k_hint));
}

void find_sites(const std::vector<Table>& tables, SqliteSchema& schema) {
    const Table* sites = find_table(tables, {"sites", "site"});
    if (sites == nullptr || schema.site_id.empty()) {
        return;
    }
    schema.sites_id = find_column(*sites, {"id", "site_id"});
    schema.site_name = find_column(
        *sites, {"domain", "site", "site_name", "hostname", "host", "name", "site_url", "url"});
    if (!schema.sites_id.empty() && !schema.site_name.empty()) {
        schema.sites = sites->name;
    }
}

}  // namespace

Result<SqliteSchema> probe_schema(sqlite3* database) {
    TRY_ASSIGN(const std::vector<Table> tables, read_tables(database));
    const Table* snapshots = find_table(tables, {"policy_snapshots", "snapshots", "policy_texts"});
    if (snapshots == nullptr) {
        std::vector<std::string> names;
        names.reserve(tables.size());
        for (const Table& table : tables) {
            names.push_back(table.name);
        }
        return fail(ErrorCode::input,
                    names.empty() ? "it has no tables"
                                  : fmt::format("it has no table policy_snapshots; it has {}",
                                                list_of_columns(names)),
                    std::string(k_hint));
    }
    SqliteSchema schema;
    schema.snapshots = snapshots->name;
    schema.snapshot_id = find_column(*snapshots, {"id", "snapshot_id"});
    schema.year = find_column(*snapshots, {"year"});
    schema.phase = find_column(*snapshots, {"phase", "season"});
    schema.text_id = find_column(*snapshots, {"policy_text_id", "text_id"});
    schema.site_id = find_column(*snapshots, {"site_id"});
    const RowColumns columns = map_columns(snapshots->columns, {});
    for (const RowField field : k_values<RowField>) {
        if (columns[field] && field != RowField::text && field != RowField::html) {
            schema.facts[field] = snapshots->columns[*columns[field]];
        }
    }
    TRY(find_texts(tables, *snapshots, schema));
    find_sites(tables, schema);
    return schema;
}

Result<SqliteTexts> SqliteTexts::open(sqlite3* database, const SqliteSchema& schema) {
    SqliteTexts texts(database, schema);
    if (!schema.texts_id.empty()) {
        TRY(texts.find_rows());
    }
    TRY_ASSIGN(texts.m_presence, prepare(database, fmt::format("SELECT 1 FROM {} WHERE rowid = ?",
                                                               quoted_name(schema.texts))));
    return texts;
}

Result<void> SqliteTexts::find_rows() {
    TRY_ASSIGN(
        const SqliteStatement rows,
        prepare(m_database, fmt::format("SELECT {}, rowid FROM {}", quoted_name(m_schema->texts_id),
                                        quoted_name(m_schema->texts))));
    int code = SQLITE_OK;
    while ((code = sqlite3_step(rows.get())) == SQLITE_ROW) {
        m_rows.try_emplace(std::string(text_at(rows.get(), 0)),
                           sqlite3_column_int64(rows.get(), 1));
    }
    if (code != SQLITE_DONE) {
        return sqlite_failure("read it", m_database);
    }
    return {};
}

std::optional<std::int64_t> SqliteTexts::row_of(std::string_view id) const {
    if (!m_schema->texts_id.empty()) {
        const auto found = m_rows.find(std::string(id));
        return found == m_rows.end() ? std::nullopt : std::optional(found->second);
    }
    return parse_number<std::int64_t>(id);
}

SqliteTexts::Size SqliteTexts::size_of(std::int64_t row) {
    if (const auto known = m_sizes.find(row); known != m_sizes.end()) {
        return known->second;
    }
    return m_sizes[row] = look_up(row);
}

SqliteTexts::Size SqliteTexts::look_up(std::int64_t row) {
    int code = SQLITE_OK;
    if (m_value != nullptr) {
        code = sqlite3_blob_reopen(m_value.get(), row);
    } else {
        sqlite3_blob* opened = nullptr;
        code = sqlite3_blob_open(m_database, "main", m_schema->texts.c_str(),
                                 m_schema->text.c_str(), row, 0, &opened);
        m_value.reset(opened);
    }
    if (code == SQLITE_OK) {
        return {static_cast<std::uint64_t>(sqlite3_blob_bytes(m_value.get())), {}};
    }
    // There is no such row, or what stands there is a number or NULL; the handle is of no use now.
    m_value.reset();
    sqlite3_bind_int64(m_presence.get(), 1, row);
    const int found = sqlite3_step(m_presence.get());
    sqlite3_reset(m_presence.get());
    return {0, found == SQLITE_ROW    ? std::string_view()
               : found == SQLITE_DONE ? "its text is not in the database"
                                      : "its text stands in a damaged part of the database"};
}

}  // namespace smallprint::archive

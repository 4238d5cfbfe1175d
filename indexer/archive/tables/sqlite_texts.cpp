// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/archive/tables/sqlite_texts.h"

#include "common/base/result.h"
#include "common/base/strings.h"
#include "indexer/archive/tables/sqlite_file.h"
#include "indexer/archive/tables/sqlite_schema.h"

#include <fmt/format.h>

#include <sqlite3.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace smallprint {

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

}  // namespace smallprint

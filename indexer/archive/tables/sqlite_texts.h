// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/result.h"
#include "indexer/archive/tables/sqlite_file.h"
#include "indexer/archive/tables/sqlite_schema.h"

#include <sqlite3.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace smallprint {

// Where the texts of a database are and how large, told without reading them: the number of bytes
// stands in front of a value, which may go on over thousands of pages.
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

}  // namespace smallprint

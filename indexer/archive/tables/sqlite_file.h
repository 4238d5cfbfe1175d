// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/owned.h"
#include "common/base/result.h"
#include "common/io/file.h"

#include <sqlite3.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace smallprint::archive {

// libsqlite3's objects with owners, its errors as ours, and databases in files that have no name.

using SqliteDatabase = Owned<sqlite3, sqlite3_close_v2>;
using SqliteStatement = Owned<sqlite3_stmt, sqlite3_finalize>;
using SqliteBlob = Owned<sqlite3_blob, sqlite3_blob_close>;

// "cannot <action>: <what SQLite says>"; ErrorCode::limit where one was reached.
Failure sqlite_failure(std::string_view action, sqlite3* database);

Result<SqliteStatement> prepare(sqlite3* database, const std::string& query);

// Returns what a column of the current row has, until the next step; empty for NULL.
std::string_view text_at(sqlite3_stmt* statement, int column);

// The name as SQL has it, whatever characters it is made of.
std::string quoted_name(std::string_view name);

// A database and what it may yet do: so many instructions of SQLite's machine, counted rather than
// timed, so that a slow machine reads the same as a fast one. For one thread at a time.
class SqliteConnection {
public:
    explicit SqliteConnection(SqliteDatabase database);

    sqlite3* database() const { return m_database.get(); }

    // To be called before a query.
    void allow(std::int64_t instructions) { *m_instructions = instructions; }

private:
    std::unique_ptr<std::int64_t> m_instructions;  // outlives the database, which counts it down
    SqliteDatabase m_database;
};

// The bytes of a database as SQLite's file system: one file, which nobody writes and which has
// neither journal nor lock, be it a part of another file. Has to outlive its databases.
class SqliteFile {
public:
    explicit SqliteFile(io::FileBytes bytes);
    ~SqliteFile();
    SqliteFile(const SqliteFile&) = delete;
    SqliteFile& operator=(const SqliteFile&) = delete;
    SqliteFile(SqliteFile&&) = delete;
    SqliteFile& operator=(SqliteFile&&) = delete;

    // The database cannot be written and runs no code of its own: no views, triggers or functions.
    // Values are of limited size.
    Result<SqliteConnection> open() const;

private:
    struct System;

    std::unique_ptr<System> m_system;
};

}  // namespace smallprint::archive

// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/archive/tables/sqlite_file.h"

#include "common/base/error.h"
#include "common/base/result.h"
#include "common/io/file.h"
#include "common/text/utf8.h"
#include "indexer/archive/limits.h"

#include <fmt/format.h>

#include <sqlite3.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace smallprint::archive {
namespace {

constexpr int k_instructions_per_look = 1000;

struct OpenFile {
    sqlite3_file base;  // first, as SQLite wants it
    const io::FileBytes* bytes;
};

const io::FileBytes& bytes_of(sqlite3_file* file) {
    return *reinterpret_cast<OpenFile*>(file)->bytes;  // NOLINT: SQLite's way to derive
}

int close_file(sqlite3_file* /*file*/) {
    return SQLITE_OK;
}

int read_bytes(sqlite3_file* file, void* to, int size, sqlite3_int64 offset) {
    const auto wanted = static_cast<std::size_t>(size);
    const auto bytes = bytes_of(file).read(static_cast<std::uint64_t>(offset), wanted);
    if (!bytes) {
        return SQLITE_IOERR_READ;
    }
    std::memset(to, 0, wanted);
    std::memcpy(to, bytes->data(), bytes->size());
    return bytes->size() < wanted ? SQLITE_IOERR_SHORT_READ : SQLITE_OK;
}

int refuse_write(sqlite3_file* /*file*/, const void* /*from*/, int /*size*/,
                 sqlite3_int64 /*offset*/) {
    return SQLITE_READONLY;
}

int refuse_truncate(sqlite3_file* /*file*/, sqlite3_int64 /*size*/) {
    return SQLITE_READONLY;
}

int do_nothing(sqlite3_file* /*file*/, int /*flags*/) {
    return SQLITE_OK;
}

int size_of_file(sqlite3_file* file, sqlite3_int64* size) {
    *size = static_cast<sqlite3_int64>(bytes_of(file).size());
    return SQLITE_OK;
}

int see_no_lock(sqlite3_file* /*file*/, int* locked) {
    *locked = 0;
    return SQLITE_OK;
}

int know_no_control(sqlite3_file* /*file*/, int /*operation*/, void* /*argument*/) {
    return SQLITE_NOTFOUND;
}

int sector_size(sqlite3_file* /*file*/) {
    return 4096;
}

int characteristics(sqlite3_file* /*file*/) {
    return SQLITE_IOCAP_IMMUTABLE;
}

constexpr sqlite3_io_methods k_methods = {1,
                                          close_file,
                                          read_bytes,
                                          refuse_write,
                                          refuse_truncate,
                                          do_nothing,
                                          size_of_file,
                                          do_nothing,
                                          do_nothing,
                                          see_no_lock,
                                          know_no_control,
                                          sector_size,
                                          characteristics,
                                          nullptr,
                                          nullptr,
                                          nullptr,
                                          nullptr,
                                          nullptr,
                                          nullptr};

int open_file(sqlite3_vfs* system, const char* /*name*/, sqlite3_file* file, int flags,
              int* out_flags) {
    auto* opened = reinterpret_cast<OpenFile*>(file);  // NOLINT: SQLite's way to derive
    opened->base.pMethods = nullptr;
    if ((flags & SQLITE_OPEN_MAIN_DB) == 0) {
        return SQLITE_CANTOPEN;  // a journal or a temporary file
    }
    opened->bytes = static_cast<const io::FileBytes*>(system->pAppData);
    opened->base.pMethods = &k_methods;
    if (out_flags != nullptr) {
        *out_flags = SQLITE_OPEN_READONLY | SQLITE_OPEN_MAIN_DB;
    }
    return SQLITE_OK;
}

int refuse_delete(sqlite3_vfs* /*system*/, const char* /*name*/, int /*sync*/) {
    return SQLITE_READONLY;
}

int find_no_file(sqlite3_vfs* /*system*/, const char* /*name*/, int /*flags*/, int* found) {
    *found = 0;
    return SQLITE_OK;
}

int same_name(sqlite3_vfs* /*system*/, const char* name, int size, char* out) {
    sqlite3_snprintf(size, out, "%s", name);
    return SQLITE_OK;
}

// Called now and then; what is not 0 ends the query.
int count_instructions(void* left) {
    auto& instructions = *static_cast<std::int64_t*>(left);
    instructions -= k_instructions_per_look;
    return instructions < 0 ? 1 : 0;
}

struct Limit {
    int what;
    int value;
};

constexpr std::array k_limits = {
    Limit{SQLITE_LIMIT_LENGTH, static_cast<int>(k_largest_text) + (1 << 20)},
    Limit{SQLITE_LIMIT_SQL_LENGTH, 1 << 18},
    Limit{SQLITE_LIMIT_COLUMN, 256},
    Limit{SQLITE_LIMIT_EXPR_DEPTH, 64},
    Limit{SQLITE_LIMIT_COMPOUND_SELECT, 4},
    Limit{SQLITE_LIMIT_FUNCTION_ARG, 8},
    Limit{SQLITE_LIMIT_ATTACHED, 0},
    Limit{SQLITE_LIMIT_VARIABLE_NUMBER, 16},
    Limit{SQLITE_LIMIT_TRIGGER_DEPTH, 1},
    Limit{SQLITE_LIMIT_WORKER_THREADS, 0},
};

struct Setting {
    int what;
    int on;
};

constexpr std::array k_settings = {
    Setting{SQLITE_DBCONFIG_DEFENSIVE, 1},      Setting{SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
    Setting{SQLITE_DBCONFIG_ENABLE_TRIGGER, 0}, Setting{SQLITE_DBCONFIG_ENABLE_VIEW, 0},
    Setting{SQLITE_DBCONFIG_DQS_DML, 0},        Setting{SQLITE_DBCONFIG_DQS_DDL, 0},
};

Result<void> harden(sqlite3* database) {
    for (const Limit& limit : k_limits) {
        sqlite3_limit(database, limit.what, limit.value);
    }
    for (const Setting& setting : k_settings) {
        sqlite3_db_config(database, setting.what, setting.on, nullptr);  // NOLINT: varargs
    }
    constexpr const char* pragmas = "PRAGMA cell_size_check = ON; PRAGMA query_only = ON; "
                                    "PRAGMA temp_store = MEMORY; PRAGMA mmap_size = 0";
    if (sqlite3_exec(database, pragmas, nullptr, nullptr, nullptr) != SQLITE_OK) {
        return sqlite_failure("open it", database);
    }
    return {};
}

// Each system has to have a name of its own.
std::string next_name() {
    static std::atomic<unsigned> count = 0;
    return fmt::format("smallprint-{}", count++);
}

}  // namespace

struct SqliteFile::System {
    explicit System(io::FileBytes file) : bytes(std::move(file)), name(next_name()) {
        sqlite3_vfs* usual = sqlite3_vfs_find(nullptr);
        vfs.iVersion = 1;
        vfs.szOsFile = sizeof(OpenFile);
        vfs.mxPathname = 64;
        vfs.zName = name.c_str();
        vfs.pAppData = &bytes;
        vfs.xOpen = open_file;
        vfs.xDelete = refuse_delete;
        vfs.xAccess = find_no_file;
        vfs.xFullPathname = same_name;
        // The rest of the system is that of the others. Its functions look at no fields of ours.
        vfs.xRandomness = usual->xRandomness;
        vfs.xSleep = usual->xSleep;
        vfs.xCurrentTime = usual->xCurrentTime;
        vfs.xGetLastError = usual->xGetLastError;
    }

    io::FileBytes bytes;
    std::string name;
    sqlite3_vfs vfs{};
};

Failure sqlite_failure(std::string_view action, sqlite3* database) {
    const int code = database == nullptr ? SQLITE_NOMEM : sqlite3_errcode(database);
    if (code == SQLITE_NOMEM) {
        return io::system_failure(action, "the database", ENOMEM);
    }
    if (code == SQLITE_INTERRUPT) {
        return fail(ErrorCode::limit, fmt::format("cannot {}: it takes too long", action));
    }
    const char* message = database == nullptr ? "out of memory" : sqlite3_errmsg(database);
    return fail(code == SQLITE_TOOBIG ? ErrorCode::limit : ErrorCode::input,
                fmt::format("cannot {}: {}", action, text::terminal_safe(message)));
}

Result<SqliteStatement> prepare(sqlite3* database, const std::string& query) {
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_prepare_v2(database, query.c_str(), static_cast<int>(query.size()), &statement,
                           nullptr) != SQLITE_OK) {
        return sqlite_failure("read it", database);
    }
    return SqliteStatement(statement);
}

std::string_view text_at(sqlite3_stmt* statement, int column) {
    const bool is_blob = sqlite3_column_type(statement, column) == SQLITE_BLOB;
    const void* bytes =
        is_blob ? sqlite3_column_blob(statement, column) : sqlite3_column_text(statement, column);
    const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement, column));
    return bytes == nullptr ? std::string_view()
                            : std::string_view(static_cast<const char*>(bytes), size);
}

std::string quoted_name(std::string_view name) {
    std::string quoted = "\"";
    for (const char c : name) {
        quoted += c;
        if (c == '"') {
            quoted += c;
        }
    }
    return quoted + "\"";
}

SqliteConnection::SqliteConnection(SqliteDatabase database)
    : m_instructions(std::make_unique<std::int64_t>(0)), m_database(std::move(database)) {
    sqlite3_progress_handler(m_database.get(), k_instructions_per_look, count_instructions,
                             m_instructions.get());
}

SqliteFile::SqliteFile(io::FileBytes bytes) : m_system(std::make_unique<System>(std::move(bytes))) {
    sqlite3_vfs_register(&m_system->vfs, 0);
}

SqliteFile::~SqliteFile() {
    sqlite3_vfs_unregister(&m_system->vfs);
}

Result<SqliteConnection> SqliteFile::open() const {
    sqlite3* opened = nullptr;
    const int code = sqlite3_open_v2(
        "database", &opened, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, m_system->name.c_str());
    SqliteDatabase database(opened);
    if (code != SQLITE_OK) {
        return sqlite_failure("open it", opened);
    }
    TRY(harden(opened));
    return SqliteConnection(std::move(database));
}

}  // namespace smallprint::archive

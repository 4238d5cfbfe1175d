// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/result.h"
#include "common/io/file.h"
#include "common/model/listing.h"
#include "indexer/archive/archive_reader.h"
#include "indexer/archive/tables/sqlite_file.h"
#include "indexer/archive/tables/sqlite_schema.h"

#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace smallprint::archive {

// True if a file that begins like this is a SQLite database.
bool looks_like_sqlite(std::string_view head);

// The release database of the Princeton-Leuven corpus, and databases made of it: the columns are
// looked up, not assumed (sqlite_schema.h). A text that stands in several snapshots is one text.
// The capture's time comes from a column for it, from the Wayback Machine's address, or, where the
// database says no more than the half of the year, is its first day.
class SqliteReader : public ArchiveReader {
public:
    // `name` is for people.
    SqliteReader(std::string name, io::FileBytes bytes);

    Result<Listing> list() override;
    Result<SourceText> read(const ListedSnapshot& snapshot) const override;

private:
    // A database of its own for each reading thread, kept for the next.
    struct Reading {
        SqliteConnection connection;
        SqliteStatement text;  // by row
    };

    Result<Listing> list_database();
    Result<std::unique_ptr<Reading>> borrow() const;
    void give_back(std::unique_ptr<Reading> reading) const;

    std::string m_name;
    io::FileBytes m_bytes;
    SqliteFile m_file;
    SqliteSchema m_schema;
    mutable std::mutex m_mutex;
    mutable std::vector<std::unique_ptr<Reading>> m_free;
};

}  // namespace smallprint::archive

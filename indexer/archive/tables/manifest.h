// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/result.h"
#include "common/model/snapshot.h"
#include "indexer/archive/tables/csv_rows.h"
#include "indexer/archive/tables/row_facts.h"

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace smallprint::archive {

// Holds what the user says of single files, beside the archive: a table with the columns path,
// vendor, date, url, type, lang and archive_url (separators and names as in csv_reader.h).
class Manifest {
public:
    // The facts of a file, by its path from the source, with '/'; nothing if it is not named. A
    // path that was looked for counts as used.
    const SnapshotFacts* find(std::string_view path);

    // Paths that the manifest names and nobody looked for, in order.
    std::vector<std::string> unused() const;

    bool empty() const { return m_entries.empty(); }

private:
    friend Result<Manifest> read_manifest(const std::filesystem::path& path);

    struct Entry {
        SnapshotFacts facts;
        bool used = false;
    };

    Result<void> add(const CsvRow& row, const RowColumns& columns);

    std::map<std::string, Entry> m_entries;
};

// A manifest is written by the user, so that a row that cannot be read, or a path that is named
// twice, is an error with its line.
Result<Manifest> read_manifest(const std::filesystem::path& path);

}  // namespace smallprint::archive

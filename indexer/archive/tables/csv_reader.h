// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/result.h"
#include "common/io/file.h"
#include "common/model/listing.h"
#include "indexer/archive/archive_reader.h"
#include "indexer/archive/tables/csv_rows.h"
#include "indexer/archive/tables/row_facts.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace smallprint::archive {

// True if a file that begins like this is a table of snapshots: its first row has at least two
// names, and one of them is that of a column for text or HTML.
bool looks_like_csv(std::string_view head, const ColumnMap& map = {});

// A table with a snapshot a row, separated by commas, semicolons or tabs. Its first row names the
// columns, by the usual names or those of `map`. What a row does not say is unknown.
class CsvReader : public ArchiveReader {
public:
    // `name` is for people.
    CsvReader(std::string name, io::FileBytes bytes, ColumnMap map);

    Result<Listing> list() override;
    Result<SourceText> read(const ListedSnapshot& snapshot) const override;

private:
    Result<void> read_header(CsvRows& rows);
    void list_row(const CsvRow& row, Listing& listing) const;

    std::string m_name;
    io::FileBytes m_bytes;
    ColumnMap m_map;
    char m_separator = ',';
    std::size_t m_width = 0;  // columns of the header
    RowColumns m_columns;
};

}  // namespace smallprint::archive

// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/result.h"
#include "common/io/file.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace smallprint::archive {

// Comma-separated values as RFC 4180 has them: fields in quotes may hold separators, line breaks
// and, doubled, quotes. A quote within a field that does not begin with one is a character like any
// other. Lines end with LF, CRLF or CR; a byte order mark is no part of the first field; a blank
// line is no row.

struct CsvRow {
    std::uint64_t offset = 0;  // of its first byte
    std::uint64_t line = 0;    // of the file, from 1
    std::vector<std::string> fields;
    // Why it could not be read, and whether that was a limit; `fields` mean nothing then.
    std::string problem;
    bool over_limit = false;
};

// The value in a column; empty if the table or the row has none.
inline std::string_view value_in(const CsvRow& row, std::optional<std::size_t> column) {
    return column && *column < row.fields.size() ? std::string_view(row.fields[*column])
                                                 : std::string_view();
}

// The first row of `text`, if it ends there; for headers.
std::optional<std::vector<std::string>> first_csv_row(std::string_view text, char separator);

// Tells where the names of the columns stand, and what separates them.
struct CsvHeader {
    std::size_t offset = 0;
    std::uint64_t line = 1;
    char separator = ',';  // what "sep=;" says; else what divides the row most often: , ; or tab
};

// Passes over what spreadsheets and people write before the header: a byte order mark, "sep=;",
// lines that are blank, lines that begin with "#" and have no separator.
CsvHeader find_csv_header(std::string_view text);

// Reads row by row, a stretch of the file at a time. A row with a quote that is not closed, or with
// text behind a closing one, has a `problem`; reading goes on with the line behind the one that it
// began with. Rows of more than k_largest_text bytes are passed over. Not for several threads.
class CsvRows {
public:
    // `offset` and `line` are those of a row, known from an earlier reading.
    CsvRows(io::FileBytes bytes, char separator, std::uint64_t offset = 0, std::uint64_t line = 1);

    // Nothing behind the last. An error means that the file cannot be read.
    Result<std::optional<CsvRow>> next();

private:
    // Reads what lies from m_offset on; empty at the end.
    Result<std::string_view> view();
    Result<void> skip_line_of(const CsvRow& row);

    io::FileBytes m_bytes;
    char m_separator;
    std::uint64_t m_offset;
    std::uint64_t m_line;
    std::string m_stretch;  // of the file, from m_stretch_begin on
    std::uint64_t m_stretch_begin = 0;
};

}  // namespace smallprint::archive

// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/result.h"

#include <cstddef>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

namespace smallprint {

// A query of a file of queries, whose lines are `id<TAB>query` or `id<TAB>query<TAB>filter`.
struct QueryLine {
    std::string id;
    std::string query;
    std::string filter;  // empty if there is none
};

// A line as it stands in the file, without its end.
struct TextLine {
    std::size_t number = 0;  // from 1
    std::string text;
    bool cut = false;  // was longer than any query can be
};

// ErrorCode::input for a line that is none of a file of queries.
Result<QueryLine> parse_query_line(const TextLine& line);

// Reads a file line by line, in the same memory whatever its size and that of its lines.
class QueryFile {
public:
    // "-" is standard input.
    static Result<QueryFile> open(const std::filesystem::path& path);

    // The next line that is not empty; nothing at the end of the file.
    Result<std::optional<TextLine>> next();

private:
    struct Closer {
        void operator()(std::FILE* file) const;
    };

    using File = std::unique_ptr<std::FILE, Closer>;

    QueryFile(File file, std::filesystem::path path);

    TextLine read_line();

    File m_file;
    std::filesystem::path m_path;  // for messages
    std::size_t m_number = 0;
    bool m_at_end = false;
};

}  // namespace smallprint

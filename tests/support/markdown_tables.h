// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace smallprint {

// A table of a documentation page: the trimmed cells, with \| as |.
struct MarkdownTable {
    std::vector<std::string> header;
    std::vector<std::vector<std::string>> rows;  // as long as the header
};

std::vector<MarkdownTable> tables_of(std::string_view page);

// What stands in `backticks` in a cell.
std::vector<std::string> code_in(std::string_view cell);

// A file of the repository.
std::string repository_file(const std::string& path);

}  // namespace smallprint

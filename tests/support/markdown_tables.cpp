// SPDX-License-Identifier: GPL-2.0-or-later
#include "tests/support/markdown_tables.h"

#include "common/base/strings.h"

#include <cstddef>
#include <cstdlib>
#include <fstream>
#include <ios>
#include <iterator>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace smallprint {
namespace {

std::vector<std::string> cells_of(std::string_view line) {
    std::vector<std::string> cells;
    std::string cell;
    for (std::size_t i = 1; i < line.size(); ++i) {
        if (line.substr(i).starts_with("\\|")) {
            cell += line[++i];
        } else if (line[i] == '|') {
            cells.emplace_back(trimmed(cell, " "));
            cell.clear();
        } else {
            cell += line[i];
        }
    }
    return cells;
}

}  // namespace

std::vector<MarkdownTable> tables_of(std::string_view page) {
    std::vector<MarkdownTable> tables;
    std::istringstream lines{std::string(page)};
    bool inside = false;
    for (std::string line; std::getline(lines, line);) {
        if (!line.starts_with('|')) {
            inside = false;
        } else if (!inside) {
            inside = true;
            tables.push_back({cells_of(line), {}});
            std::getline(lines, line);  // |---|---|
        } else {
            tables.back().rows.push_back(cells_of(line));
            tables.back().rows.back().resize(tables.back().header.size());
        }
    }
    return tables;
}

std::vector<std::string> code_in(std::string_view cell) {
    std::vector<std::string> codes;
    for (std::size_t at = cell.find('`'); at != std::string_view::npos; at = cell.find('`', at)) {
        const std::size_t end = cell.find('`', at + 1);
        if (end == std::string_view::npos) {
            break;
        }
        codes.emplace_back(cell.substr(at + 1, end - at - 1));
        at = end + 1;
    }
    return codes;
}

std::string repository_file(const std::string& path) {
    const char* const source = std::getenv("SMALLPRINT_SOURCE_DIR");
    std::ifstream file(std::string(source == nullptr ? "." : source) + "/" + path,
                       std::ios::binary);
    if (!file) {
        throw std::runtime_error("cannot read " + path);
    }
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

}  // namespace smallprint

// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/archive/tables/json_keys.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace smallprint {
namespace {

// Behind the closing quote of the string that `text` begins with, or its end.
std::size_t string_end(std::string_view text) {
    for (std::size_t i = 1; i < text.size(); ++i) {
        if (text[i] == '\\') {
            ++i;
        } else if (text[i] == '"') {
            return i + 1;
        }
    }
    return text.size();
}

bool is_key(std::string_view behind) {
    const std::size_t next = behind.find_first_not_of(" \t\r");
    return next != std::string_view::npos && behind[next] == ':';
}

}  // namespace

std::vector<std::string> keys_of_first_line(std::string_view head) {
    const std::string_view line = head.substr(0, head.find('\n'));
    const std::size_t begin = line.find_first_not_of(" \t");
    std::vector<std::string> keys;
    int depth = 0;
    for (std::size_t i = std::min(begin, line.size()); i < line.size(); ++i) {
        const char c = line[i];
        if (depth == 0 && c != '{') {
            return keys;
        }
        if (c == '"') {
            const std::size_t size = string_end(line.substr(i));
            if (depth == 1 && is_key(line.substr(i + size))) {
                keys.emplace_back(line.substr(i + 1, size - 2));
            }
            i += size - 1;
        } else if (c == '{' || c == '[') {
            ++depth;
        } else if (c == '}' || c == ']') {
            --depth;
        }
    }
    return keys;
}

}  // namespace smallprint

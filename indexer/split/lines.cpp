// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/split/lines.h"

#include "common/base/strings.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace smallprint {
namespace {

// Lines longer than this are paragraphs, not lines of a wrapped paragraph...
constexpr std::size_t k_widest_wrap = 120;
// ...and if all are shorter than this, they are an address or the like.
constexpr std::size_t k_narrowest_wrap = 40;
constexpr std::array<std::string_view, 10> k_bullets = {"•", "●", "▪", "◦", "‣",
                                                        "■", "·", "○", "►", "➢"};

constexpr std::string_view k_blanks = " \t\f\v";

Line make_line(std::string_view source, std::size_t begin, std::size_t end) {
    Line line;
    unsigned columns = 0;
    while (begin < end && (is_one_of(source[begin], k_blanks) || source[begin] == '>')) {
        columns += source[begin] == '\t' ? 4 - columns % 4 : 1;
        ++begin;
    }
    std::size_t trimmed = end;
    while (trimmed > begin && is_one_of(source[trimmed - 1], k_blanks)) {
        --trimmed;
    }
    line.begin = static_cast<std::uint32_t>(begin);
    line.end = static_cast<std::uint32_t>(trimmed);
    line.indent = static_cast<std::uint8_t>(std::min(columns, 255U));
    line.hard_break = trimmed > begin && (end - trimmed >= 2 || source[trimmed - 1] == '\\');
    return line;
}

std::size_t first_word(std::string_view line) {
    return std::min(line.find(' '), line.size());
}

bool ends_sentence(std::string_view line) {
    return !line.empty() && is_one_of(line.back(), ".:;!?");
}

}  // namespace

std::vector<Line> lines_of(std::string_view source) {
    std::vector<Line> lines;
    const bool has_cr = source.find('\r') != std::string_view::npos;
    std::size_t begin = 0;
    while (begin < source.size()) {
        const std::size_t found =
            has_cr ? source.find_first_of("\r\n", begin) : source.find('\n', begin);
        const std::size_t end = std::min(found, source.size());
        lines.push_back(make_line(source, begin, end));
        const bool crlf = source.substr(end).starts_with("\r\n");
        begin = end + (crlf ? 2 : 1);
    }
    return lines;
}

bool is_rule(std::string_view line) {
    const char mark = line.empty() ? '\0' : line.front();
    if (mark != '*' && mark != '-' && mark != '_') {
        return false;
    }
    std::size_t marks = 0;
    for (const char c : line) {
        if (c != mark && !is_one_of(c, k_blanks)) {
            return false;
        }
        marks += c == mark ? 1 : 0;
    }
    return marks >= 3;
}

bool is_setext_underline(std::string_view line) {
    const char mark = line.size() < 2 ? '\0' : line.front();
    return (mark == '=' || mark == '-') && line.find_first_not_of(mark) == std::string_view::npos;
}

bool is_table_delimiter(std::string_view line) {
    return line.find('|') != std::string_view::npos && line.find("--") != std::string_view::npos &&
           line.find_first_not_of("|-: \t") == std::string_view::npos;
}

std::size_t heading_marker(std::string_view line) {
    const std::size_t marks = std::min(line.find_first_not_of('#'), line.size());
    if (marks == 0 || marks > 6 || (marks < line.size() && !is_one_of(line[marks], k_blanks))) {
        return 0;
    }
    std::size_t end = marks;
    while (end < line.size() && is_one_of(line[end], k_blanks)) {
        ++end;
    }
    return end;
}

std::size_t list_marker(std::string_view line) {
    std::size_t size = 0;
    if (!line.empty() && (line[0] == '*' || line[0] == '-' || line[0] == '+')) {
        size = 1;
    } else if (!line.empty() && is_digit(line[0])) {
        while (size < line.size() && size < 4 && is_digit(line[size])) {
            ++size;
        }
        const bool closed = size < line.size() && (line[size] == '.' || line[size] == ')');
        size = closed && size < 4 ? size + 1 : 0;
    } else {
        for (const std::string_view bullet : k_bullets) {
            size = line.starts_with(bullet) ? bullet.size() : size;
        }
    }
    if (size == 0 || (size < line.size() && !is_one_of(line[size], k_blanks))) {
        return 0;
    }
    while (size < line.size() && is_one_of(line[size], k_blanks)) {
        ++size;
    }
    return size;
}

bool is_fence(std::string_view line) {
    return line.starts_with("~~~") ||
           (line.starts_with("```") && line.find('`', line.find_first_not_of('`')) == line.npos);
}

std::vector<bool> paragraph_ends(std::string_view source, const Line* first, const Line* last) {
    const auto text = [&](const Line& line) {
        return source.substr(line.begin, line.end - line.begin);
    };
    std::size_t width = 0;
    for (const Line* line = first; line != last; ++line) {
        width = std::max(width, text(*line).size());
    }
    std::vector<bool> ends;
    for (const Line* line = first; line + 1 < last; ++line) {
        const std::string_view here = text(*line);
        const std::string_view next = text(line[1]);
        const bool full = here.size() + 1 + first_word(next) > width;
        const bool runs_on = !ends_sentence(here) && !next.empty() && is_lower(next.front());
        const bool together = line->hard_break || (width <= k_widest_wrap &&
                                                   (width < k_narrowest_wrap || full || runs_on));
        ends.push_back(!together);
    }
    return ends;
}

}  // namespace smallprint

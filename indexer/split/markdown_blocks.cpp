// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/split/markdown_blocks.h"

#include "common/base/strings.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

namespace smallprint::split {
namespace {

// Lines longer than this are paragraphs, not lines of a wrapped paragraph...
constexpr std::size_t k_widest_wrap = 120;
// ...and if all are shorter than this, they are an address or the like.
constexpr std::size_t k_narrowest_wrap = 40;
constexpr std::array<std::string_view, 10> k_bullets = {"•", "●", "▪", "◦", "‣",
                                                        "■", "·", "○", "►", "➢"};

constexpr std::string_view k_blanks = " \t\f\v";

// A line of a source, its line end (LF, CR LF or CR) and trailing blanks aside.
struct Line {
    std::uint32_t begin = 0;  // first byte that is not a blank or a quote marker
    std::uint32_t end = 0;    // after the last byte that is not a blank
    std::uint8_t indent = 0;  // columns before `begin`, at most 255
    bool hard_break = false;  // ends in two blanks or a backslash: the next line stays with it

    bool blank() const { return begin == end; }
};

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

// Markers of block quotes ("> ") count as indentation.
std::vector<Line> split_lines(std::string_view source) {
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

// * * *, ---, ___
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

// === or ---
bool is_setext_underline(std::string_view line) {
    const char mark = line.size() < 2 ? '\0' : line.front();
    return (mark == '=' || mark == '-') && line.find_first_not_of(mark) == std::string_view::npos;
}

// | --- | :-: |
bool is_table_delimiter(std::string_view line) {
    return line.find('|') != std::string_view::npos && line.find("--") != std::string_view::npos &&
           line.find_first_not_of("|-: \t") == std::string_view::npos;
}

// ``` or ~~~
bool is_fence(std::string_view line) {
    return line.starts_with("~~~") ||
           (line.starts_with("```") && line.find('`', line.find_first_not_of('`')) == line.npos);
}

// Tells for each line of a stretch of text lines but the last whether the paragraph ends with it.
// Lines wrapped to a common width belong together, as do lines after a hard break and the short
// lines of an address; long lines without blank lines between are paragraphs each.
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

// A line of dashes under a longer stretch than this is a rule, not a heading's underline.
constexpr std::uint32_t k_longest_setext_heading = 240;

class Scanner {
public:
    explicit Scanner(std::string_view source) : m_source(source), m_lines(split_lines(source)) {}

    std::vector<RawBlock> scan() {
        while (m_at < m_lines.size()) {
            read_line();
        }
        close_text();
        return std::move(m_blocks);
    }

private:
    std::string_view text(const Line& line) const {
        return m_source.substr(line.begin, line.end - line.begin);
    }

    void add(BlockType type, std::size_t level, std::uint32_t begin, std::uint32_t end) {
        if (begin < end) {
            m_blocks.push_back({type, static_cast<std::uint8_t>(level), false, begin, end});
        }
    }

    void read_line() {
        const Line& line = m_lines[m_at];
        const std::string_view here = text(line);
        if (line.blank()) {
            close_text();
            m_after_blank = true;
        } else if (is_fence(here)) {
            read_fenced();
        } else if (m_open > 0 && is_setext_underline(here) &&
                   open_size() <= k_longest_setext_heading) {
            close_as_heading(here.front() == '=' ? 1 : 2);
        } else if (is_table_delimiter(here)) {
            read_table();
        } else if (is_rule(here)) {
            close_text();
            m_in_list = false;
        } else if (heading_marker(here) > 0) {
            read_heading(line, here);
        } else if (here.front() == '|' && here.size() > 1) {
            close_text();
            add(BlockType::table_row, 0, line.begin, line.end);
        } else if (list_marker(here) > 0) {
            read_list_item(line);
        } else {
            read_text(line);
        }
        ++m_at;
    }

    // A fence that is never closed ends with the source, as CommonMark says. What stands behind the
    // opening fence goes with the code, so that nothing is lost.
    void read_fenced() {
        close_text();
        const std::string_view fence = text(m_lines[m_at]).substr(0, 3);
        const std::size_t first = m_at + 1;
        std::size_t last = first;
        while (last < m_lines.size() && !text(m_lines[last]).starts_with(fence)) {
            ++last;
        }
        const Line& opening = m_lines[m_at];
        const std::size_t marks = text(opening).find_first_not_of(fence.front());
        const bool named = marks != std::string_view::npos;
        if (named || first < last) {
            add(BlockType::code, 0,
                named ? opening.begin + static_cast<std::uint32_t>(marks) : m_lines[first].begin,
                m_lines[last - 1].end);
        }
        m_at = std::min(last, m_lines.size() - 1);
    }

    // `heading` is the line from its "#" on; before it may stand the marker of a list item.
    void read_heading(const Line& line, std::string_view heading) {
        close_text();
        const std::size_t level = std::min(heading.find_first_not_of('#'), heading.size());
        add(BlockType::heading, level, line.begin + bullet_size(text(line)), line.end);
        m_in_list = false;
    }

    // Bytes of the marker of a list item that holds a heading; a number belongs to the heading.
    static std::uint32_t bullet_size(std::string_view line) {
        const bool is_number = is_digit(line.front());
        return is_number ? 0 : static_cast<std::uint32_t>(list_marker(line));
    }

    // The row above a delimiter row is the table's header, wherever it was put.
    void read_table() {
        if (m_open > 0) {
            const Line& header = m_lines[m_at - 1];
            --m_open;
            close_text(m_at - 1);
            add(BlockType::table_header, 0, header.begin, header.end);
        } else if (!m_blocks.empty() && !m_after_blank &&
                   m_blocks.back().type == BlockType::table_row) {
            m_blocks.back().type = BlockType::table_header;
        }
        while (m_at + 1 < m_lines.size() &&
               text(m_lines[m_at + 1]).find('|') != std::string_view::npos) {
            ++m_at;
            const Line& row = m_lines[m_at];
            if (!is_table_delimiter(text(row))) {
                add(BlockType::table_row, 0, row.begin, row.end);
            }
        }
        m_in_list = false;
    }

    void read_list_item(const Line& line) {
        close_text();
        const std::uint32_t content =
            line.begin + static_cast<std::uint32_t>(list_marker(text(line)));
        const std::string_view rest = m_source.substr(content, line.end - content);
        if (heading_marker(rest) > 0) {
            read_heading(line, rest);
            return;
        }
        m_open = 1;
        m_open_is_item = true;
        m_in_list = true;
        m_item_indent = line.indent;
    }

    void read_text(const Line& line) {
        if (m_open == 0) {
            m_open_is_item = false;
            m_open_continues = m_in_list && line.indent > m_item_indent;
            m_in_list = m_open_continues;
        }
        ++m_open;
        m_after_blank = false;
    }

    std::uint32_t open_size() const { return m_lines[m_at - 1].end - m_lines[m_at - m_open].begin; }

    void close_as_heading(std::size_t level) {
        Line& first = m_lines[m_at - m_open];
        if (m_open_is_item) {
            first.begin += bullet_size(text(first));
        }
        add(BlockType::heading, level, first.begin, m_lines[m_at - 1].end);
        m_open = 0;
        m_in_list = false;
    }

    void close_text() { close_text(m_at); }

    // Ends the open stretch of text lines, which stand just before line `end`.
    void close_text(std::size_t end) {
        m_after_blank = false;
        if (m_open == 0) {
            return;
        }
        const Line* first = &m_lines[end - m_open];
        const Line* last = first + m_open;
        const std::vector<bool> ends = paragraph_ends(m_source, first, last);
        const Line* start = first;
        for (const Line* line = first; line != last; ++line) {
            const bool under_item =
                m_open_is_item && line + 1 != last && line[1].indent > first->indent;
            const bool ends_here =
                line + 1 == last || (!under_item && ends[static_cast<std::size_t>(line - first)]);
            if (ends_here) {
                close_paragraph(*start, *line, start == first);
                start = line + 1;
            }
        }
        m_open = 0;
    }

    void close_paragraph(const Line& start, const Line& line, bool is_first) {
        if (is_first && m_open_is_item) {
            add(BlockType::list_item, start.indent, start.begin, line.end);
            return;
        }
        add(BlockType::paragraph, start.indent, start.begin, line.end);
        if (!m_blocks.empty()) {
            m_blocks.back().continues_item = is_first && m_open_continues;
        }
        m_in_list = m_in_list && is_first;
    }

    std::string_view m_source;
    std::vector<Line> m_lines;
    std::vector<RawBlock> m_blocks;
    std::size_t m_at = 0;
    std::size_t m_open = 0;         // text lines before m_at that no block holds yet
    bool m_open_is_item = false;    // the first of them has a list marker
    bool m_open_continues = false;  // they stand indented under a list item
    bool m_in_list = false;
    bool m_after_blank = false;
    std::uint8_t m_item_indent = 0;
};

}  // namespace

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

std::vector<RawBlock> scan_markdown(std::string_view source) {
    return Scanner(source).scan();
}

}  // namespace smallprint::split

// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace smallprint {

// A line of a source, its line end (LF, CR LF or CR) and trailing blanks aside.
struct Line {
    std::uint32_t begin = 0;  // first byte that is not a blank or a quote marker
    std::uint32_t end = 0;    // after the last byte that is not a blank
    std::uint8_t indent = 0;  // columns before `begin`, at most 255
    bool hard_break = false;  // ends in two blanks or a backslash: the next line stays with it

    bool blank() const { return begin == end; }
};

// All lines of `source`; markers of block quotes ("> ") count as indentation.
std::vector<Line> lines_of(std::string_view source);

// What a line looks like by itself.
bool is_rule(std::string_view line);                // * * *, ---, ___
bool is_setext_underline(std::string_view line);    // === or ---
bool is_table_delimiter(std::string_view line);     // | --- | :-: |
std::size_t heading_marker(std::string_view line);  // bytes of "## ", 0 if there is none
std::size_t list_marker(std::string_view line);     // bytes of "* ", "12) ", "• ", 0 if none
bool is_fence(std::string_view line);               // ``` or ~~~

// For each line of a stretch of text lines but the last: does the paragraph end with it? Lines
// wrapped to a common width belong together, as do lines after a hard break and the short lines of
// an address; long lines without blank lines between are paragraphs each.
std::vector<bool> paragraph_ends(std::string_view source, const Line* first, const Line* last);

}  // namespace smallprint

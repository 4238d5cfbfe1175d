// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "searcher/told/styled_text.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace smallprint::terminal {

// Lines and pages of styled text, and the only way of any text to a terminal.

// Makes a text fit for a line: safe for terminals, newlines and tabs as blanks.
std::string safe_in_line(std::string_view text);

// In terminal columns, as a line of a page.
std::size_t width_of(const told::StyledText& text);

// The first `width` columns of a text, made safe; what is longer ends in "…".
std::string shortened(std::string_view text, std::size_t width);

// Ends a line in " …", inside the width and after a whole word.
void end_in_ellipsis(told::StyledText& line, std::size_t width);

// Numbers as strokes of text, and what lines of tables are put together from.

std::string repeated(std::string_view stroke, std::size_t times);

// Filled up with blanks to so many columns.
std::string padded(std::string text, std::size_t width);

// One of ▁▂▃▄▅▆▇█ for a part of the whole from 0 to 1, a blank for nothing.
std::string upright_bar(double part);

// A bar of up to `width` columns, as fine as an eighth of one; whatever is not nothing is seen.
std::string level_bar(double part, std::size_t width);

// The place of a paragraph on the page. Gutters are set before its lines, inside the width.
struct Box {
    told::StyledText first_gutter = {};
    told::StyledText gutter = {};
    std::size_t most_lines = SIZE_MAX;  // what is longer ends in "…"
};

// The same gutter before each line.
Box hanging(const told::Span& gutter, std::size_t most_lines = SIZE_MAX);

// Breaks at blanks and beside wide characters, and inside words that are longer than a line. A
// newline in the text begins a line; the further lines of a list item are indented. The text comes
// out safe for terminals, since what is unsafe is wider once it is made safe.
std::vector<told::StyledText> wrapped(const told::StyledText& text, std::size_t width,
                                      const Box& box = {});

enum class Colour : std::uint8_t { off, on };

struct Layout {
    std::size_t width = 80;
    Colour colour = Colour::off;
};

// A page of lines, and the only way of any text to a terminal: every byte passes terminal_safe().
class Page {
public:
    explicit Page(Layout layout) : m_layout(layout) {}

    std::size_t width() const { return m_layout.width; }

    Colour colour() const { return m_layout.colour; }

    void add_blank();
    void add_line(told::StyledText line);  // never broken: addresses, rows of a table
    void add_paragraph(const told::StyledText& text, const Box& box = {});
    void add_paragraph(std::string_view text, told::Style style = told::Style::plain,
                       const Box& box = {});
    void add_rule();  // a line from side to side
    // A name and what it says of the page's subject; nothing where the value is empty.
    void add_fact(std::string_view name, const std::string& value);
    void add_fact(std::string_view name, const told::StyledText& value);
    // Underlined by strokes, if any, as wide as it is.
    void add_heading(const told::StyledText& text, std::string_view stroke,
                     const told::StyledText& gutter = {});
    // A paragraph of items that are not broken.
    void add_items(const std::vector<std::string>& items, told::Style style,
                   const told::StyledText& gutter);
    // On one line, the right text flush right; where they do not fit, one below the other.
    void add_sides(const told::StyledText& left, const told::StyledText& right,
                   const told::StyledText& gutter);

    std::string rendered() const;

private:
    Layout m_layout;
    std::vector<told::StyledText> m_lines;
};

}  // namespace smallprint::terminal

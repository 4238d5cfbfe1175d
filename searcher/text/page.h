// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "searcher/text/styled_text.h"
#include "searcher/text/wrapping.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace smallprint {

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
    void add_line(StyledText line);  // never broken: addresses, rows of a table
    void add_paragraph(const StyledText& text, const Box& box = {});
    // A paragraph of items that are not broken.
    void add_items(const std::vector<std::string>& items, Style style, const StyledText& gutter);
    // On one line, the right text flush right; where they do not fit, one below the other.
    void add_sides(const StyledText& left, const StyledText& right, const StyledText& gutter);

    std::string rendered() const;

private:
    Layout m_layout;
    std::vector<StyledText> m_lines;
};

}  // namespace smallprint

// SPDX-License-Identifier: GPL-2.0-or-later

#include "common/base/strings.h"
#include "common/text/utf8.h"
#include "searcher/terminal/page.h"
#include "searcher/told/styled_text.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace smallprint::terminal {

namespace {

constexpr std::size_t k_narrowest = 8;  // columns of text, however wide the gutter

// Finds the mark that a list item begins with: "•", "1.", "b)".
bool is_bullet(const told::StyledText& unit) {
    const std::string& text = unit.front().text;
    const bool number = text.size() >= 2 && text.size() <= 3 &&
                        (text.ends_with('.') || text.ends_with(')')) &&
                        std::ranges::all_of(text.substr(0, text.size() - 1),
                                            [](char c) { return is_digit(c) || is_lower(c); });
    return unit.size() == 1 && (text == "•" || text == "-" || number);
}

// Collects characters into units that are not broken, and units into lines.
class Wrapper {
public:
    Wrapper(std::size_t width, const Box& box) : m_width(width), m_box(box) { begin_line(); }

    void add(told::Style style, std::string_view safe_text) {
        for (std::size_t offset = 0; offset < safe_text.size();) {
            const std::size_t begin = offset;
            text::next_character(safe_text, offset);
            add_character(style, safe_text.substr(begin, offset - begin));
        }
    }

    std::vector<told::StyledText> take() {
        end_unit();
        if (m_line_width > 0 || m_lines.empty()) {
            m_lines.push_back(std::move(m_line));
        }
        return std::move(m_lines);
    }

private:
    void begin_line() {
        const told::StyledText& gutter = m_lines.empty() ? m_box.first_gutter : m_box.gutter;
        m_line = gutter;
        told::append(m_line, told::Style::plain, std::string(m_hang, ' '));
        m_line_width = 0;
        m_room = room_after(gutter);
    }

    // The width of a line besides its gutter.
    std::size_t room_after(const told::StyledText& gutter) const {
        const std::size_t taken = width_of(gutter) + m_hang;
        return std::max(k_narrowest, m_width > taken ? m_width - taken : 0);
    }

    void end_line() {
        m_lines.push_back(std::move(m_line));
        begin_line();
    }

    void add_character(told::Style style, std::string_view bytes) {
        if (bytes == "\n") {
            end_unit();
            m_hang = 0;
            end_line();
            m_blank = false;
            m_begins_item = true;
            return;
        }
        if (bytes == " " || bytes == "\t") {
            end_unit();
            m_blank = true;
            m_blank_style = style;
            return;
        }
        const std::size_t columns = text::display_width(bytes);
        const bool beside_wide = columns == 2 || (m_unit_is_wide && columns > 0);
        if (beside_wide || m_unit_width + columns > std::min(m_room, room_after(m_box.gutter))) {
            end_unit();
        }
        told::append(m_unit, style, bytes);
        m_unit_width += columns;
        m_unit_is_wide = m_unit_is_wide || columns == 2;
    }

    void end_unit() {
        if (m_unit.empty()) {
            return;
        }
        const std::size_t blank = m_blank && m_line_width > 0 ? 1 : 0;
        if (m_line_width > 0 && m_line_width + blank + m_unit_width > m_room) {
            end_line();
        } else if (blank > 0) {
            told::append(m_line, m_blank_style, " ");
            ++m_line_width;
        }
        if (m_begins_item) {
            m_hang = is_bullet(m_unit) ? m_unit_width + 1 : 0;
            m_begins_item = false;
        }
        told::append(m_line, m_unit);
        m_line_width += m_unit_width;
        m_unit.clear();
        m_unit_width = 0;
        m_unit_is_wide = false;
        m_blank = false;
    }

    std::size_t m_width;
    const Box& m_box;
    std::vector<told::StyledText> m_lines;
    told::StyledText m_line;
    std::size_t m_line_width = 0;  // gutter not counted
    std::size_t m_room = 0;
    told::StyledText m_unit;
    std::size_t m_unit_width = 0;
    bool m_unit_is_wide = false;
    std::size_t m_hang = 0;     // by which the further lines of a list item are indented
    bool m_begins_item = true;  // no unit since the last newline
    bool m_blank = false;       // stands before the unit
    told::Style m_blank_style = told::Style::plain;
};

}  // namespace

std::vector<told::StyledText> wrapped(const told::StyledText& text, std::size_t width,
                                      const Box& box) {
    Wrapper wrapper(width, box);
    for (const told::Span& span : text) {
        wrapper.add(span.style, text::terminal_safe(span.text));
    }
    std::vector<told::StyledText> lines = wrapper.take();
    if (lines.size() > box.most_lines) {
        lines.resize(box.most_lines);
        end_in_ellipsis(lines.back(), width);
    }
    return lines;
}

}  // namespace smallprint::terminal

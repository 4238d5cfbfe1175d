// SPDX-License-Identifier: GPL-2.0-or-later

#include "searcher/terminal/page.h"

#include "common/text/utf8.h"
#include "searcher/told/styled_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace smallprint::terminal {

namespace {

constexpr std::string_view k_ellipsis = "…";

void drop_last_character(told::StyledText& line) {
    std::string& text = line.back().text;
    while (!text.empty() && (static_cast<unsigned char>(text.back()) & 0xC0U) == 0x80U) {
        text.pop_back();
    }
    if (!text.empty()) {
        text.pop_back();
    }
    if (text.empty()) {
        line.pop_back();
    }
}

// Drops the rest of a word that was cut in two, unless it is as long as words of languages that
// are written without blanks.
void drop_part_of_word(told::StyledText& line) {
    constexpr std::size_t longest = 20;
    std::string text;
    for (const told::Span& span : line) {
        text += span.text;
    }
    const std::size_t blank = text.rfind(' ');
    if (blank == std::string::npos || text.size() - blank > longest) {
        return;
    }
    while (!line.empty() && !line.back().text.ends_with(' ')) {
        drop_last_character(line);
    }
}

}  // namespace

std::string safe_in_line(std::string_view text) {
    std::string safe = text::terminal_safe(text);
    std::ranges::replace(safe, '\n', ' ');
    std::ranges::replace(safe, '\t', ' ');
    return safe;
}

std::size_t width_of(const told::StyledText& text) {
    std::size_t width = 0;
    for (const told::Span& span : text) {
        width += text::display_width(safe_in_line(span.text));
    }
    return width;
}

std::string shortened(std::string_view text, std::size_t width) {
    std::string safe = safe_in_line(text);
    if (text::display_width(safe) <= width) {
        return safe;
    }
    told::StyledText line = {{told::Style::plain, std::move(safe)}};
    while (!line.empty() && width_of(line) + 1 > width) {
        drop_last_character(line);
    }
    told::append(line, told::Style::plain, k_ellipsis);
    return line.front().text;
}

void end_in_ellipsis(told::StyledText& line, std::size_t width) {
    if (width_of(line) + 2 > width) {
        while (!line.empty() && width_of(line) + 2 > width) {
            drop_last_character(line);
        }
        drop_part_of_word(line);
    }
    while (!line.empty() && line.back().text.ends_with(' ')) {
        drop_last_character(line);
    }
    const told::Style style = line.empty() ? told::Style::plain : line.back().style;
    told::append(line, style == told::Style::match ? told::Style::plain : style,
                 line.empty() ? "" : " ");
    told::append(line, style == told::Style::match ? told::Style::plain : style, k_ellipsis);
}

namespace {

constexpr std::size_t k_eighths = 8;
constexpr std::array<std::string_view, k_eighths> k_upright = {"▁", "▂", "▃", "▄",
                                                               "▅", "▆", "▇", "█"};
constexpr std::array<std::string_view, k_eighths> k_level = {"▏", "▎", "▍", "▌",
                                                             "▋", "▊", "▉", "█"};

// Rounded up, so that little is not nothing.
std::size_t strokes(double part, std::size_t most) {
    const double held = std::clamp(part, 0.0, 1.0);
    // A hair less, since a part is a quotient: 3 / 6 of 8 are 4, not 5.
    constexpr double hair = 1e-9;
    return static_cast<std::size_t>(
        std::ceil(std::max(0.0, held * static_cast<double>(most) - hair)));
}

}  // namespace

Box hanging(const told::Span& gutter, std::size_t most_lines) {
    return {.first_gutter = {gutter}, .gutter = {gutter}, .most_lines = most_lines};
}

std::string repeated(std::string_view stroke, std::size_t times) {
    std::string line;
    for (std::size_t i = 0; i < times; ++i) {
        line += stroke;
    }
    return line;
}

std::string padded(std::string text, std::size_t width) {
    const std::size_t taken = width_of({{told::Style::plain, text}});
    return text.append(width - std::min(width, taken), ' ');
}

std::string upright_bar(double part) {
    const std::size_t height = strokes(part, k_eighths);
    return height == 0 ? " " : std::string(k_upright[height - 1]);
}

std::string level_bar(double part, std::size_t width) {
    const std::size_t eighths = strokes(part, width * k_eighths);
    std::string bar = repeated(k_level.back(), eighths / k_eighths);
    if (eighths % k_eighths > 0) {
        bar += k_level[eighths % k_eighths - 1];
    }
    return bar;
}

namespace {

constexpr std::string_view k_reset = "\x1b[0m";

std::string_view colour_of(told::Style style) {
    switch (style) {
    case told::Style::plain:
        return "";
    case told::Style::strong:
        return "\x1b[1m";
    case told::Style::heading:
        return "\x1b[1;36m";
    case told::Style::dim:
        return "\x1b[2m";
    case told::Style::match:
        return "\x1b[1;33m";
    case told::Style::mark:
        return "\x1b[33m";
    case told::Style::added:
        return "\x1b[32m";
    case told::Style::removed:
        return "\x1b[31m";
    case told::Style::inserted:
        return "\x1b[4;32m";
    case told::Style::struck:
        return "\x1b[9;31m";
    }
    return "";
}

std::string rendered_line(const told::StyledText& line, Colour colour) {
    std::string out;
    for (const told::Span& span : line) {
        const std::string_view code = colour == Colour::on ? colour_of(span.style) : "";
        out += code;
        out += safe_in_line(span.text);
        out += code.empty() ? "" : k_reset;
    }
    while (out.ends_with(' ')) {
        out.pop_back();
    }
    return out + '\n';
}

}  // namespace

void Page::add_blank() {
    if (!m_lines.empty() && !m_lines.back().empty()) {
        m_lines.emplace_back();
    }
}

void Page::add_line(told::StyledText line) {
    m_lines.push_back(std::move(line));
}

void Page::add_paragraph(const told::StyledText& text, const Box& box) {
    for (told::StyledText& line : wrapped(text, m_layout.width, box)) {
        m_lines.push_back(std::move(line));
    }
}

void Page::add_paragraph(std::string_view text, told::Style style, const Box& box) {
    add_paragraph(told::StyledText{{style, std::string(text)}}, box);
}

void Page::add_rule() {
    add_line({{told::Style::dim, repeated("─", m_layout.width)}});
}

void Page::add_fact(std::string_view name, const std::string& value) {
    if (!value.empty()) {
        add_fact(name, told::StyledText{{told::Style::plain, value}});
    }
}

void Page::add_fact(std::string_view name, const told::StyledText& value) {
    constexpr std::size_t name_width = 12;
    const told::Span label = {told::Style::dim, padded(std::string(name), name_width)};
    const bool is_address = value.size() == 1 && value.front().text.find(' ') == std::string::npos;
    if (is_address) {
        add_line({label, value.front()});  // stays whole
        return;
    }
    add_paragraph(value, {.first_gutter = {label},
                          .gutter = {{told::Style::plain, std::string(name_width, ' ')}}});
}

void Page::add_heading(const told::StyledText& text, std::string_view stroke,
                       const told::StyledText& gutter) {
    add_blank();
    std::size_t width = 0;
    for (told::StyledText& line :
         wrapped(text, m_layout.width, {.first_gutter = gutter, .gutter = gutter})) {
        width = std::max(width, width_of(line));
        add_line(std::move(line));
    }
    if (!stroke.empty()) {
        add_line({{told::Style::dim, repeated(stroke, width)}});
    }
}

void Page::add_items(const std::vector<std::string>& items, told::Style style,
                     const told::StyledText& gutter) {
    const std::size_t room = m_layout.width - std::min(m_layout.width, width_of(gutter));
    std::string line;
    const auto end_line = [&] {
        told::StyledText whole = gutter;
        whole.push_back({style, line});
        m_lines.push_back(std::move(whole));
    };
    for (const std::string& item : items) {
        const std::string longer = line.empty() ? item : fmt::format("{} {}", line, item);
        if (!line.empty() && width_of({{style, longer}}) > room) {
            end_line();
            line = item;
        } else {
            line = longer;
        }
    }
    end_line();
}

void Page::add_sides(const told::StyledText& left, const told::StyledText& right,
                     const told::StyledText& gutter) {
    const std::size_t taken = width_of(left) + width_of(right);
    if (taken + 2 > m_layout.width) {
        add_paragraph(left, {.gutter = gutter});
        add_paragraph(right, {.first_gutter = gutter, .gutter = gutter});
        return;
    }
    told::StyledText line = left;
    line.push_back({told::Style::plain, std::string(m_layout.width - taken, ' ')});
    line.insert(line.end(), right.begin(), right.end());
    m_lines.push_back(std::move(line));
}

std::string Page::rendered() const {
    std::string out;
    for (const told::StyledText& line : m_lines) {
        out += rendered_line(line, m_layout.colour);
    }
    return out;
}

}  // namespace smallprint::terminal

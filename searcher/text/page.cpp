// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/text/page.h"

#include "searcher/text/styled_text.h"
#include "searcher/text/wrapping.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace smallprint {
namespace {

constexpr std::string_view k_reset = "\x1b[0m";

std::string_view colour_of(Style style) {
    switch (style) {
    case Style::plain:
        return "";
    case Style::strong:
        return "\x1b[1m";
    case Style::heading:
        return "\x1b[1;36m";
    case Style::dim:
        return "\x1b[2m";
    case Style::match:
        return "\x1b[1;33m";
    case Style::mark:
        return "\x1b[33m";
    case Style::added:
        return "\x1b[32m";
    case Style::removed:
        return "\x1b[31m";
    case Style::inserted:
        return "\x1b[4;32m";
    case Style::struck:
        return "\x1b[9;31m";
    }
    return "";
}

std::string rendered_line(const StyledText& line, Colour colour) {
    std::string out;
    for (const Span& span : line) {
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

void Page::add_line(StyledText line) {
    m_lines.push_back(std::move(line));
}

void Page::add_paragraph(const StyledText& text, const Box& box) {
    for (StyledText& line : wrapped(text, m_layout.width, box)) {
        m_lines.push_back(std::move(line));
    }
}

void Page::add_items(const std::vector<std::string>& items, Style style, const StyledText& gutter) {
    const std::size_t room = m_layout.width - std::min(m_layout.width, width_of(gutter));
    std::string line;
    const auto end_line = [&] {
        StyledText whole = gutter;
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

void Page::add_sides(const StyledText& left, const StyledText& right, const StyledText& gutter) {
    const std::size_t taken = width_of(left) + width_of(right);
    if (taken + 2 > m_layout.width) {
        add_paragraph(left, {.gutter = gutter});
        add_paragraph(right, {.first_gutter = gutter, .gutter = gutter});
        return;
    }
    StyledText line = left;
    line.push_back({Style::plain, std::string(m_layout.width - taken, ' ')});
    line.insert(line.end(), right.begin(), right.end());
    m_lines.push_back(std::move(line));
}

std::string Page::rendered() const {
    std::string out;
    for (const StyledText& line : m_lines) {
        out += rendered_line(line, m_layout.colour);
    }
    return out;
}

}  // namespace smallprint

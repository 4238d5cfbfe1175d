// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/text/styled_text.h"

#include "common/text/utf8.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace smallprint {
namespace {

constexpr std::string_view k_ellipsis = "…";

void drop_last_character(StyledText& line) {
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
void drop_part_of_word(StyledText& line) {
    constexpr std::size_t longest = 20;
    std::string text;
    for (const Span& span : line) {
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

void append(StyledText& line, Style style, std::string_view text) {
    if (text.empty()) {
        return;
    }
    if (!line.empty() && line.back().style == style) {
        line.back().text += text;
    } else {
        line.push_back({style, std::string(text)});
    }
}

void append(StyledText& line, const StyledText& more) {
    for (const Span& span : more) {
        append(line, span.style, span.text);
    }
}

std::string safe_in_line(std::string_view text) {
    std::string safe = terminal_safe(text);
    std::ranges::replace(safe, '\n', ' ');
    std::ranges::replace(safe, '\t', ' ');
    return safe;
}

std::size_t width_of(const StyledText& text) {
    std::size_t width = 0;
    for (const Span& span : text) {
        width += display_width(safe_in_line(span.text));
    }
    return width;
}

std::string shortened(std::string_view text, std::size_t width) {
    std::string safe = safe_in_line(text);
    if (display_width(safe) <= width) {
        return safe;
    }
    StyledText line = {{Style::plain, std::move(safe)}};
    while (!line.empty() && width_of(line) + 1 > width) {
        drop_last_character(line);
    }
    append(line, Style::plain, k_ellipsis);
    return line.front().text;
}

void end_in_ellipsis(StyledText& line, std::size_t width) {
    if (width_of(line) + 2 > width) {
        while (!line.empty() && width_of(line) + 2 > width) {
            drop_last_character(line);
        }
        drop_part_of_word(line);
    }
    while (!line.empty() && line.back().text.ends_with(' ')) {
        drop_last_character(line);
    }
    const Style style = line.empty() ? Style::plain : line.back().style;
    append(line, style == Style::match ? Style::plain : style, line.empty() ? "" : " ");
    append(line, style == Style::match ? Style::plain : style, k_ellipsis);
}

}  // namespace smallprint

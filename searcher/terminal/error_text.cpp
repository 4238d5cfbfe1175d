// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/base/error.h"
#include "common/text/utf8.h"
#include "searcher/terminal/page.h"
#include "searcher/terminal/text.h"
#include "searcher/told/styled_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

namespace smallprint::terminal {
namespace {

constexpr std::size_t k_shown_before = 50;  // columns of a long query, left of the mistake
constexpr std::size_t k_shown = 72;

// The last columns of a text.
std::string tail(std::string_view text, std::size_t columns) {
    while (width_of({{told::Style::plain, std::string(text)}}) > columns) {
        std::size_t next = 0;
        text::next_character(text, next);
        text.remove_prefix(next);
    }
    return std::string(text);
}

void add_caret(Page& page, std::string_view query, std::size_t position) {
    const std::string_view head = query.substr(0, std::min(position, query.size()));
    std::string before = tail(head, k_shown_before);
    before.insert(0, before.size() < head.size() ? "…" : "");
    const std::size_t column = width_of({{told::Style::plain, before}});
    const std::string after = shortened(query.substr(head.size()), k_shown - column);
    page.add_line({{told::Style::plain, "  " + before + after}});
    page.add_line({{told::Style::plain, std::string(column + 2, ' ') + "^"}});
}

}  // namespace

std::string error_text(const Error& error, std::string_view query) {
    Page page({.width = 0, .colour = Colour::off});
    page.add_line({{told::Style::plain, "smallprint: " + error.message}});
    if (error.position && !query.empty()) {
        add_caret(page, query, *error.position);
    }
    if (!error.hint.empty()) {
        page.add_line({{told::Style::plain, "hint: " + error.hint}});
    }
    return page.rendered();
}

}  // namespace smallprint::terminal

// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/split/html_flow.h"

#include "common/base/strings.h"
#include "common/model/section.h"
#include "common/text/utf8.h"
#include "indexer/split/block.h"
#include "indexer/split/html_cleaning.h"
#include "indexer/split/inline_text.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace smallprint::split {
namespace {

constexpr std::size_t k_fewest_links = 3;       // of a menu that is a line
constexpr std::size_t k_words_a_link = 5;       // of the same, at most on average
constexpr std::size_t k_longest_target = 2000;  // bytes

// Bytes of letters and digits of any script; "·" and "»" are neither.
std::size_t letters_in(std::string_view text) {
    std::size_t letters = 0;
    for (std::size_t i = 0; i < text.size();) {
        const std::size_t begin = i;
        const char32_t c = text::next_character(text, i);
        const bool is_sign = c >= 0x80 && (c < 0xC0 || (c >= 0x2000 && c < 0x2C00));
        const bool is_letter =
            c >= 0x80 ? !is_sign : is_lower(to_lower(text[begin])) || is_digit(text[begin]);
        letters += is_letter ? i - begin : 0;
    }
    return letters;
}

constexpr std::size_t k_full_line = 100;  // bytes
constexpr std::string_view k_blanks = " \t\r\f";

}  // namespace

// A link leads nowhere that a browser would run.
std::string link_target(std::string_view href) {
    static constexpr auto k_schemes =
        std::to_array<std::string_view>({"http", "https", "mailto", "tel"});
    std::string target;
    for (const char c : href.substr(0, k_longest_target + 1)) {
        if (static_cast<unsigned char>(c) > 0x20 && c != k_look_up) {
            target += c;
        } else if (c == ' ' && !target.empty()) {
            target += "%20";
        }
    }
    while (target.ends_with("%20")) {
        target.resize(target.size() - 3);
    }
    const std::string_view scheme =
        std::string_view(target).substr(0, target.find_first_of(":/?#"));
    const bool has_scheme = scheme.size() < target.size() && target[scheme.size()] == ':';
    const bool allowed =
        !has_scheme || std::ranges::find(k_schemes, lower_ascii(scheme)) != k_schemes.end();
    return allowed && href.size() <= k_longest_target ? target : std::string();
}

// "Home | Contact | Sitemap": a menu, however many entries it has.
bool is_line_of_links(const Block& block) {
    const InlineText& inside = block.inside;
    if (inside.links.size() < k_fewest_links ||
        block.words > inside.links.size() * k_words_a_link) {
        return false;
    }
    std::size_t linked = 0;
    for (const Link& link : inside.links) {
        linked +=
            letters_in(std::string_view(inside.text).substr(link.begin, link.end - link.begin));
    }
    return linked * 10 >= letters_in(inside.text) * 9;
}

void HtmlFlow::append(std::string_view text, std::uint32_t source) {
    const std::size_t first = text.find_first_not_of(k_blanks);
    if (first != std::string_view::npos) {
        m_builder.append(text, source);
        note_text(source + static_cast<std::uint32_t>(first),
                  source + static_cast<std::uint32_t>(text.find_last_not_of(k_blanks) + 1));
    } else if (!text.empty()) {
        m_builder.blank();
    }
}

void HtmlFlow::append_character(char32_t character, std::uint32_t begin, std::uint32_t end) {
    m_builder.append_character(character, begin);
    if (character > 0x20) {
        note_text(begin, end);
    }
}

void HtmlFlow::note_text(std::uint32_t begin, std::uint32_t end) {
    m_begin = m_has_text ? m_begin : begin;
    m_end = std::max(m_begin, end);
    m_has_text = true;
    m_breaks = 0;
    m_after_link = false;
}

bool HtmlFlow::break_line(LineMode mode) {
    const std::string& text = m_builder.text();
    if (mode == LineMode::single || text.empty()) {
        m_builder.blank();
        return false;
    }
    const std::size_t line = text.size() - (text.rfind('\n') + 1);
    if (++m_breaks > 1 || (line >= k_full_line && mode == LineMode::flowing)) {
        return true;
    }
    m_builder.line_break();
    return false;
}

void HtmlFlow::open_bold() {
    ++m_bold_depth;
    m_builder.open_bold();
}

void HtmlFlow::close_bold() {
    --m_bold_depth;
    m_builder.close_bold();
}

void HtmlFlow::open_link(std::string_view href) {
    // Menus have one link beside the other; only their style parts them.
    if (m_after_link) {
        m_builder.blank();
    }
    if (m_link_depth++ == 0) {
        m_target = link_target(href);
        reopen_link();
    }
}

void HtmlFlow::close_link() {
    if (--m_link_depth == 0) {
        m_builder.close_link();
        m_after_link = true;
    }
}

void HtmlFlow::reopen_link() {
    if (!m_target.empty()) {
        m_builder.open_link(m_target);
    }
}

HtmlFlow::Text HtmlFlow::take() {
    Text part{m_builder.take(), m_begin, m_end};
    for (int i = 0; i < m_bold_depth; ++i) {
        m_builder.open_bold();
    }
    if (m_link_depth > 0) {
        reopen_link();
    }
    m_breaks = 0;
    m_after_link = false;
    m_has_text = false;
    return part;
}

}  // namespace smallprint::split

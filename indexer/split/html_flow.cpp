// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/split/html_flow.h"

#include "common/text/utf8.h"
#include "indexer/split/html_links.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace smallprint {
namespace {

constexpr std::size_t k_full_line = 100;  // bytes
constexpr std::string_view k_blanks = " \t\r\f";

}  // namespace

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

void HtmlFlow::append_bad_byte(std::uint32_t source) {
    m_builder.append_character(k_replacement_character, source);
    note_text(source, source + 1);
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

HtmlFlow::Stretch HtmlFlow::take() {
    Stretch stretch{m_builder.take(), m_begin, m_end};
    for (int i = 0; i < m_bold_depth; ++i) {
        m_builder.open_bold();
    }
    if (m_link_depth > 0) {
        reopen_link();
    }
    m_breaks = 0;
    m_after_link = false;
    m_has_text = false;
    return stretch;
}

}  // namespace smallprint

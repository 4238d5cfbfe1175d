// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/split/inline_builder.h"

#include "common/base/strings.h"
#include "common/model/section.h"
#include "common/text/utf8.h"
#include "indexer/split/inline_text.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace smallprint {
namespace {

bool is_plain(char c) {
    return static_cast<unsigned char>(c) > 0x20 && static_cast<unsigned char>(c) < 0x7F;
}

bool is_dropped(char32_t c) {
    return c == 0xAD || (c >= 0x200B && c <= 0x200D) || c == 0x2060 || c == 0xFEFF;
}

// Does `text` begin with a bracket, quote or stop that closes?
bool starts_closing(std::string_view text) {
    if (text.starts_with("”") || text.starts_with("’")) {
        return true;
    }
    return is_one_of(text.front(), ".,)]\"") && (text.size() == 1 || !is_alphanumeric(text[1]));
}

}  // namespace

void InlineBuilder::append(std::string_view text, std::uint32_t source) {
    const auto source_at = [source](std::size_t i) {
        return source == k_no_source ? source : source + static_cast<std::uint32_t>(i);
    };
    for (std::size_t i = 0; i < text.size();) {
        const std::size_t start = i;
        if (is_plain(text[i])) {
            while (i < text.size() && is_plain(text[i])) {
                ++i;
            }
            put(text.substr(start, i - start), source_at(start));
        } else {
            append_character(next_character(text, i), source_at(start));
        }
    }
}

void InlineBuilder::append_character(char32_t character, std::uint32_t source) {
    if (is_blank_character(character)) {
        m_space = true;
    } else if (!is_dropped(character)) {
        std::string encoded;
        append_utf8(encoded, character);
        put(encoded, source);
    }
}

// Adds text that is not blank, with the white space that came before it.
void InlineBuilder::put(std::string_view bytes, std::uint32_t source) {
    const bool starts_line = m_out.text.empty() || m_out.text.back() == '\n';
    const bool attached = m_attach_at == m_out.text.size() && starts_closing(bytes);
    if (m_space && !starts_line && !attached) {
        m_out.text += ' ';
    }
    m_space = false;
    const auto at = static_cast<std::uint32_t>(m_out.text.size());
    if (m_in_link && !m_link_has_text) {
        m_link_has_text = true;
        m_link_begin = at;
    }
    if (m_out.text.empty()) {
        m_bold_from_start = m_bold_depth > 0;
    }
    note_mark(at, source);
    m_out.text += bytes;
}

void InlineBuilder::note_mark(std::uint32_t at, std::uint32_t source) {
    const bool follows =
        !m_out.marks.empty() && source - m_out.marks.back().source == at - m_out.marks.back().text;
    if (source != k_no_source && !follows) {
        m_out.marks.push_back({at, source});
    }
}

void InlineBuilder::line_break() {
    if (!m_out.text.empty() && m_out.text.back() != '\n') {
        m_out.text += '\n';
    }
    m_space = false;
}

void InlineBuilder::open_link(std::string_view target) {
    if (!m_in_link) {
        m_in_link = true;
        m_link_has_text = false;
        m_target.assign(target);
    }
}

void InlineBuilder::close_link() {
    if (m_in_link && m_link_has_text) {
        const auto size = static_cast<std::uint32_t>(m_out.text.size());
        m_out.links.push_back({m_link_begin, size, m_target});
        m_out.link_bytes += size - m_link_begin;
    }
    m_in_link = false;
}

void InlineBuilder::open_bold() {
    ++m_bold_depth;
}

void InlineBuilder::close_bold() {
    if (--m_bold_depth == 0 && m_bold_from_start) {
        m_out.bold_end = static_cast<std::uint32_t>(m_out.text.size());
        m_bold_from_start = false;
    }
}

InlineText InlineBuilder::take() {
    close_link();
    if (m_bold_depth > 0 && m_bold_from_start) {
        m_out.bold_end = static_cast<std::uint32_t>(m_out.text.size());
    }
    while (!m_out.text.empty() && (m_out.text.back() == ' ' || m_out.text.back() == '\n')) {
        m_out.text.pop_back();
    }
    const auto size = static_cast<std::uint32_t>(m_out.text.size());
    m_out.bold_end = std::min(m_out.bold_end, size);
    for (Link& link : m_out.links) {
        link.begin = std::min(link.begin, size);
        link.end = std::min(link.end, size);
    }
    InlineText out = std::move(m_out);
    *this = InlineBuilder();
    return out;
}

}  // namespace smallprint

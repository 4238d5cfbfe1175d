// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "indexer/split/inline_text.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace smallprint {

// For text that the source does not have.
inline constexpr std::uint32_t k_no_source = UINT32_MAX;

// Builds an InlineText from what a reader of some markup finds, in order.
class InlineBuilder {
public:
    // Text as it stands at `source`: white space collapses, invisible characters go.
    void append(std::string_view text, std::uint32_t source);
    // A character that the source spells otherwise.
    void append_character(char32_t character, std::uint32_t source);

    void blank() { m_space = true; }

    void drop_blank() { m_space = false; }

    bool blank_waits() const { return m_space; }

    // A stop or bracket that closes and follows here gets no blank before it.
    void attach_what_closes() { m_attach_at = m_out.text.size(); }

    void line_break();

    // Links do not nest: what opens inside another one is part of it.
    void open_link(std::string_view target);
    void close_link();

    bool in_link() const { return m_in_link; }

    void open_bold();
    void close_bold();

    const std::string& text() const { return m_out.text; }

    // What was built, links and bold text closed; the builder is as new.
    InlineText take();

private:
    void put(std::string_view bytes, std::uint32_t source);
    void note_mark(std::uint32_t at, std::uint32_t source);

    InlineText m_out;
    std::string m_target;
    std::uint32_t m_link_begin = 0;
    std::size_t m_attach_at = SIZE_MAX;
    int m_bold_depth = 0;
    bool m_bold_from_start = false;
    bool m_in_link = false;
    bool m_link_has_text = false;
    bool m_space = false;  // white space seen since the last text
};

}  // namespace smallprint

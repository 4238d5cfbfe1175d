// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/model/section.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace smallprint::split {

// Holds what is left of a block when its inline Markdown has been read: escapes and entities
// undone, emphasis and tags gone, links as text with their targets apart, white space collapsed,
// soft hyphens and zero-width characters removed, invalid UTF-8 repaired.
struct InlineText {
    std::string text;  // hard line breaks are '\n'
    std::vector<Link> links;
    std::uint32_t link_bytes = 0;  // bytes of text inside links
    std::uint32_t bold_end = 0;    // the text up to here is one bold stretch from its start

    // Pairs of offsets that belong together, in order; for offsets between two of them the
    // distance to the former is the same on both sides.
    struct Mark {
        std::uint32_t text;
        std::uint32_t source;
    };

    std::vector<Mark> marks;

    // For text that the source does not have ("• ", " | ") that of what follows it at most.
    std::uint32_t source_offset(std::uint32_t text_offset) const;

    // Adds `part`, which was read from `at` bytes into the source, behind `prefix`. What is bold
    // from the start of the first part is so from the start of its prefix.
    void append(std::string_view prefix, InlineText part, std::size_t at);
};

// For text that the source does not have.
inline constexpr std::uint32_t k_no_source = UINT32_MAX;

// Builds an InlineText from what a reader of some markup finds, in order.
class InlineBuilder {
public:
    // Text as it stands at `source`: white space collapses, invisible characters go, all
    // but joiners and soft hyphens.
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

    // Returns what was built, links and bold text closed; the builder is as new.
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

// Reads `markdown` as the inside of one paragraph, whatever its first characters look like: a
// "1)" or "#" in it is text. md4c does the reading. Offsets count from the start of `markdown`.
InlineText parse_inline(std::string_view markdown);

}  // namespace smallprint::split

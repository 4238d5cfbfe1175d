// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "indexer/split/block.h"
#include "indexer/split/inline_text.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace smallprint::split {

// Returns where a link with this target may lead: nothing for one that a browser would run or that
// holds its page in itself, as "javascript:" and "data:" do, and for one of more than 2,000 bytes.
std::string link_target(std::string_view href);

// "Home | Contact | Sitemap": a menu, however many entries it has.
bool is_line_of_links(const Block& block);

// How the lines of a stretch of text end.
enum class LineMode : std::uint8_t {
    flowing,       // at line breaks; a second one, or one behind a full line, ends a paragraph
    preformatted,  // the same, however long a line is
    single,        // never: a break is a blank
};

// The text of a page that stands in no block yet. Links and bold text may go on from one block into
// the next.
class HtmlFlow {
public:
    struct Text {
        InlineText text;
        std::uint32_t begin = 0;  // byte offsets into the page
        std::uint32_t end = 0;
    };

    void append(std::string_view text, std::uint32_t source);
    // A character that the page spells otherwise, from `begin` to `end`.
    void append_character(char32_t character, std::uint32_t begin, std::uint32_t end);

    void blank() { m_builder.blank(); }

    // True if the paragraph ends here; take() is to follow.
    [[nodiscard]] bool break_line(LineMode mode);

    void start_line() { m_builder.line_break(); }

    void open_bold();
    void close_bold();
    void open_link(std::string_view href);
    void close_link();

    Text take();

private:
    void note_text(std::uint32_t begin, std::uint32_t end);
    void reopen_link();

    InlineBuilder m_builder;
    std::string m_target;  // of the open link
    int m_link_depth = 0;
    int m_bold_depth = 0;
    int m_breaks = 0;           // since the last text
    bool m_after_link = false;  // nothing stands behind the last link yet
    bool m_has_text = false;
    std::uint32_t m_begin = 0;
    std::uint32_t m_end = 0;
};

}  // namespace smallprint::split

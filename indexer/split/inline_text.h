// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/model/section.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace smallprint {

// What is left of a block when its inline Markdown has been read: escapes and entities undone,
// emphasis and tags gone, links as text with their targets apart, white space collapsed, soft
// hyphens and zero-width characters removed, invalid UTF-8 repaired.
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

// Reads `markdown` as the inside of one paragraph, whatever its first characters look like: a
// "1)" or "#" in it is text. md4c does the reading. Offsets count from the start of `markdown`.
InlineText parse_inline(std::string_view markdown);

}  // namespace smallprint

// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/text/word_arena.h"

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace smallprint::text {

// A run of letters, marks and digits: a word, or a part of a compound such as "opt-out", "1.5",
// "U.S" or "support@a.example".
struct WordPart {
    enum class Characters : std::uint8_t { letters, digits, mixed };

    std::uint32_t begin = 0;  // of the shown word: without elided article and possessive s
    std::uint32_t end = 0;
    std::string_view word;  // folded, never empty
    Characters characters = Characters::letters;
    bool is_single = false;  // one letter or digit
    char joint = 0;          // ties it to the next part: one of - _ . , @ + (0: none)
};

// Reads the parts tied to one another from `offset` on, which must be at a letter or digit that
// is not a word of its own, and moves `offset` past the last.
void read_parts(std::string_view text, std::size_t& offset, WordArena& arena,
                std::vector<WordPart>& parts);

}  // namespace smallprint::text

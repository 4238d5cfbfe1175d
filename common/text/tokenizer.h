// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/text/word_arena.h"
#include "common/text/word_parts.h"

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace smallprint::text {

// A word of a text. `position` counts words from 0. A compound such as "opt-out", "e-mail",
// "support@a.example" or "www.a.example" gives its parts, one position each, and then its joined
// forms ("optout", "email", "support@a.example", "a.example"), which start at the position of
// their first part and take `width` positions.
struct Token {
    std::uint32_t begin = 0;  // byte offsets into the text, end exclusive
    std::uint32_t end = 0;
    std::uint32_t position = 0;
    std::uint32_t width = 1;
    // Case and accents folded; 1 to 64 bytes of UTF-8 without controls and blanks.
    std::string_view word;
};

// The rules are in schemas/query-language.md. Any text is accepted; time and memory are linear in
// its size.
class Tokenizer {
public:
    // The words of `text` in order of position; the joined forms of a compound follow its last
    // part. Of a text of 4 GiB or more only the beginning is read. The result, words included,
    // lives until the next call, independent of `text`. Not for several threads.
    const std::vector<Token>& tokenize(std::string_view text);

private:
    bool read_plain_word();
    void read_compound();
    void read_beyond_ascii();
    void read_lone_character();

    std::string_view m_text;
    std::size_t m_offset = 0;
    std::uint32_t m_position = 0;
    std::vector<Token> m_tokens;
    std::vector<WordPart> m_parts;
    WordArena m_arena;
};

}  // namespace smallprint::text

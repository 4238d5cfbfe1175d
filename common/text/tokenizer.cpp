// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/text/tokenizer.h"

#include "common/base/strings.h"
#include "common/text/compounds.h"
#include "common/text/fold.h"
#include "common/text/utf8.h"
#include "common/text/word_arena.h"
#include "common/text/word_parts.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string_view>
#include <vector>

namespace smallprint::text {
namespace {

// ASCII letters and digits, folded; 0 for every other byte.
constexpr std::array<char, 256> k_ascii_fold = [] {
    std::array<char, 256> table{};
    for (std::size_t i = 0; i < 26; ++i) {
        table['a' + i] = static_cast<char>('a' + i);
        table['A' + i] = static_cast<char>('a' + i);
    }
    for (std::size_t i = '0'; i <= '9'; ++i) {
        table[i] = static_cast<char>(i);
    }
    return table;
}();

char ascii_fold(char byte) {
    return k_ascii_fold[static_cast<std::uint8_t>(byte)];
}

bool is_beyond_ascii(char byte) {
    return static_cast<std::uint8_t>(byte) >= 0x80;
}

bool may_tie_words(char byte) {
    return is_one_of(byte, "'-_.,@+");
}

// True if a run of ASCII letters and digits that ends at `end` is surely a whole word.
bool surely_ends_word(std::string_view text, std::size_t end) {
    if (end == text.size()) {
        return true;
    }
    if (text[end] == ' ') {
        return true;
    }
    if (is_beyond_ascii(text[end]) || ascii_fold(text[end]) != 0) {
        return false;
    }
    if (!may_tie_words(text[end]) || end + 1 == text.size()) {
        return true;
    }
    return !is_beyond_ascii(text[end + 1]) && ascii_fold(text[end + 1]) == 0;
}

}  // namespace

const std::vector<Token>& Tokenizer::tokenize(std::string_view text) {
    m_text = text.substr(0, std::numeric_limits<std::uint32_t>::max());
    m_offset = 0;
    m_position = 0;
    m_tokens.clear();
    m_arena.clear();
    while (m_offset < m_text.size()) {
        const char byte = m_text[m_offset];
        if (ascii_fold(byte) != 0) {
            if (!read_plain_word()) {
                read_compound();
            }
        } else if (is_beyond_ascii(byte)) {
            read_beyond_ascii();
        } else {
            ++m_offset;
        }
    }
    m_text = {};
    return m_tokens;
}

// The fast path of nearly all words: ASCII letters and digits that nothing ties to others.
bool Tokenizer::read_plain_word() {
    const std::size_t limit = std::min(m_text.size(), m_offset + k_longest_word);
    char* const folded = m_arena.room(k_longest_word);
    std::size_t end = m_offset;
    for (; end < limit; ++end) {
        const char letter = ascii_fold(m_text[end]);
        if (letter == 0) {
            break;
        }
        folded[end - m_offset] = letter;
    }
    if (!surely_ends_word(m_text, end)) {
        return false;
    }
    m_tokens.push_back({static_cast<std::uint32_t>(m_offset), static_cast<std::uint32_t>(end),
                        m_position, 1, m_arena.keep(end - m_offset)});
    ++m_position;
    m_offset = end;
    return true;
}

void Tokenizer::read_compound() {
    read_parts(m_text, m_offset, m_arena, m_parts);
    CompoundWriter(m_text, m_parts, m_arena, m_tokens).write(m_position);
}

void Tokenizer::read_beyond_ascii() {
    std::size_t next = m_offset;
    const FoldedCharacter character = read_folded(m_text, next);
    switch (character.kind) {
    case CharacterKind::letter:
    case CharacterKind::digit:
        read_compound();
        break;
    case CharacterKind::alone:
        read_lone_character();
        break;
    case CharacterKind::separator:
    case CharacterKind::mark:
    case CharacterKind::ignorable:
    case CharacterKind::apostrophe:
        m_offset = next;
        break;
    }
}

// A word of one character and the marks on it.
void Tokenizer::read_lone_character() {
    const auto begin = static_cast<std::uint32_t>(m_offset);
    WordWriter writer(m_arena);
    writer.append(read_folded(m_text, m_offset).folded);
    bool composes = false;
    while (m_offset < m_text.size()) {
        std::size_t next = m_offset;
        const FoldedCharacter mark = read_folded(m_text, next);
        if (mark.kind != CharacterKind::mark) {
            break;
        }
        writer.append(mark.folded);
        composes = composes || mark.composes;
        m_offset = next;
    }
    if (composes) {
        writer.replace(utf8_prefix(composed(writer.view()), k_longest_word));
    }
    m_tokens.push_back({begin, static_cast<std::uint32_t>(m_offset), m_position, 1, writer.keep()});
    ++m_position;
}

}  // namespace smallprint::text

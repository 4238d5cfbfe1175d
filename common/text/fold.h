// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace smallprint::text {

// Says what a character does to the word it stands in.
enum class CharacterKind : std::uint8_t {
    separator,  // ends the word
    letter,
    digit,       // decimal digits; superscripts and fractions are separators
    mark,        // combining: part of the word it follows, starts none
    alone,       // a word of its own: Han, Kana, Thai, Lao, Khmer, Myanmar
    ignorable,   // soft hyphen, zero-width: the word goes on as if it were not there
    apostrophe,  // ' U+2019 U+02BC
};

// A character as words spell it: case folded (ß gives ss), ligatures and compatibility forms
// resolved (ﬁ gives fi, œ gives oe, full-width A gives a), accents dropped. Marks that spell (vowel
// signs of Indic scripts, voicing marks of Kana) stay; the points of Hebrew and Arabic go.
struct FoldedCharacter {
    CharacterKind kind = CharacterKind::separator;
    bool composes = false;    // may merge with the character before it: see composed()
    std::string_view folded;  // letters, digits and marks only; lives as long as the program
};

// Safe for several threads.
FoldedCharacter fold_character(char32_t character);

// Folds the character at `offset` (which must be inside `text`) and moves `offset` past it.
FoldedCharacter read_folded(std::string_view text, std::size_t& offset);

// `word` in Unicode normalization form C, for folded words in which a character composes.
std::string composed(std::string_view word);

}  // namespace smallprint::text

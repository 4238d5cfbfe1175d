// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/text/word_parts.h"

#include "common/base/strings.h"
#include "common/text/fold.h"
#include "common/text/utf8.h"
#include "common/text/word_arena.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace smallprint::text {
namespace {

// French and Italian words that lose their vowel before another ("l'utilisateur", "dell'utente").
constexpr std::array<std::string_view, 20> k_elisions = {
    "l",    "d",    "j",    "m",   "t",      "s",      "c",      "n",  "qu",    "jusqu",
    "dell", "nell", "dall", "all", "lorsqu", "puisqu", "quoiqu", "un", "quest", "sull"};

bool is_elision(std::string_view word) {
    return std::ranges::find(k_elisions, word) != k_elisions.end();
}

bool starts_with_vowel_sound(std::string_view folded) {
    return !folded.empty() && is_one_of(folded[0], "aeiouyh");
}

bool is_letter_or_digit(CharacterKind kind) {
    return kind == CharacterKind::letter || kind == CharacterKind::digit;
}

// The character at `offset`; a separator at the end of the text.
FoldedCharacter peek(std::string_view text, std::size_t offset) {
    return offset < text.size() ? read_folded(text, offset) : FoldedCharacter{};
}

class PartReader {
public:
    PartReader(std::string_view text, std::size_t& offset, WordArena& arena)
        : m_text(text), m_offset(offset), m_writer(arena) {}

    WordPart read() {
        m_seen = {m_offset, m_offset, 0, 0, 0};
        m_before_apostrophe = {};
        while (m_offset < m_text.size() && read_character()) {
        }
        drop_possessive();
        WordPart part;
        part.begin = static_cast<std::uint32_t>(m_seen.begin);
        part.end = static_cast<std::uint32_t>(m_seen.end);
        part.is_single = m_seen.letters + m_seen.digits == 1;
        part.characters = m_seen.digits == 0    ? WordPart::Characters::letters
                          : m_seen.letters == 0 ? WordPart::Characters::digits
                                                : WordPart::Characters::mixed;
        part.word = finished_word();
        return part;
    }

private:
    // The part up to some place.
    struct Seen {
        std::size_t begin = 0;
        std::size_t end = 0;
        std::size_t letters = 0;
        std::size_t digits = 0;
        std::size_t bytes = 0;  // of the folded word
    };

    // Moves past the character if it belongs to the part; else returns false.
    bool read_character() {
        std::size_t next = m_offset;
        const FoldedCharacter character = read_folded(m_text, next);
        switch (character.kind) {
        case CharacterKind::letter:
        case CharacterKind::digit:
        case CharacterKind::mark:
            append(character, next);
            break;
        case CharacterKind::ignorable:
            break;
        case CharacterKind::apostrophe:
            if (m_seen.end != m_offset || !read_apostrophe(next)) {
                return false;
            }
            break;
        case CharacterKind::separator:
        case CharacterKind::alone:
            return false;
        }
        m_offset = next;
        return true;
    }

    void append(const FoldedCharacter& character, std::size_t next) {
        m_writer.append(character.folded);
        m_last_folded = character.folded;
        m_composes = m_composes || character.composes;
        m_seen.bytes = m_writer.size();
        m_seen.end = next;
        m_seen.letters += character.kind == CharacterKind::letter ? 1 : 0;
        m_seen.digits += character.kind == CharacterKind::digit ? 1 : 0;
    }

    // An apostrophe directly after a letter or digit: belongs to the part if a letter follows.
    bool read_apostrophe(std::size_t next) {
        const FoldedCharacter following = peek(m_text, next);
        if (following.kind != CharacterKind::letter) {
            return false;
        }
        m_before_apostrophe = m_seen;
        if (is_elision(m_writer.view()) && starts_with_vowel_sound(following.folded)) {
            m_writer.cut(0);
            m_seen = {next, next, 0, 0, 0};
            m_before_apostrophe = {};
        }
        return true;
    }

    void drop_possessive() {
        const bool has_apostrophe = m_before_apostrophe.end != 0;
        const std::size_t letters_after = m_seen.letters - m_before_apostrophe.letters;
        if (has_apostrophe && letters_after == 1 && m_seen.digits == m_before_apostrophe.digits &&
            m_last_folded == "s") {
            m_seen = m_before_apostrophe;
            m_writer.cut(m_seen.bytes);
        }
    }

    std::string_view finished_word() {
        if (m_composes) {
            m_writer.replace(utf8_prefix(composed(m_writer.view()), k_longest_word));
        }
        return m_writer.keep();
    }

    std::string_view m_text;
    std::size_t& m_offset;
    WordWriter m_writer;
    Seen m_seen;
    Seen m_before_apostrophe;  // the part before its last apostrophe; all 0 without one
    std::string_view m_last_folded;
    bool m_composes = false;
};

// The joint at `offset`, as its ASCII form; 0 if the character there ties nothing.
char read_joint(std::string_view text, std::size_t& offset) {
    switch (const char32_t character = next_character(text, offset)) {
    case U'-':
    case 0x2010:  // hyphen
    case 0x2011:  // non-breaking hyphen
        return '-';
    case U'_':
    case U'.':
    case U',':
    case U'@':
    case U'+':
        return static_cast<char>(character);
    default:
        return 0;
    }
}

}  // namespace

void read_parts(std::string_view text, std::size_t& offset, WordArena& arena,
                std::vector<WordPart>& parts) {
    parts.clear();
    for (;;) {
        WordPart& part = parts.emplace_back(PartReader(text, offset, arena).read());
        if (offset == text.size()) {
            return;
        }
        std::size_t next = offset;
        const char joint = read_joint(text, next);
        const CharacterKind following =
            joint != 0 ? peek(text, next).kind : CharacterKind::separator;
        const bool ties = joint == ',' ? part.characters == WordPart::Characters::digits &&
                                             following == CharacterKind::digit
                                       : is_letter_or_digit(following);
        if (!ties) {
            return;
        }
        part.joint = joint;
        offset = next;
    }
}

}  // namespace smallprint::text

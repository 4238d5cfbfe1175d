// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/text/sentences.h"

#include "common/base/strings.h"
#include "common/text/stemmer.h"
#include "common/text/utf8.h"

#include <unicode/uchar.h>
#include <unicode/utypes.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace smallprint::text {
namespace {

// Words before a full stop that does not end a sentence, in lower case, sorted.
constexpr auto k_always_abbreviated = std::to_array<std::string_view>(
    {"al",     "approx", "bzgl", "bzw", "ca",    "cf",  "d.h",   "dr",    "e.g",  "esp",
     "evtl",   "gem",    "ggf",  "hr",  "i.d.r", "i.e", "i.s.d", "i.v.m", "incl", "inkl",
     "messrs", "mm",     "mme",  "mr",  "mrs",   "ms",  "mt",    "prof",  "resp", "sog",
     "st",     "u.a",    "usw",  "v",   "vgl",   "viz", "vs",    "z.b"});
// The same, but only before a number: "No. 5" against "Do you sell it? No. We do not."
constexpr auto k_abbreviated_before_numbers = std::to_array<std::string_view>(
    {"abs", "apr", "art", "arts", "aug",  "cap", "ch",   "cl",  "dec", "feb", "fig",
     "jan", "jul", "jun", "mar",  "no",   "nos", "nov",  "nr",  "oct", "par", "para",
     "pp",  "pt",  "sec", "secs", "sect", "sep", "sept", "tel", "vol"});
// The same, unless a word such as "We" or "The" follows: "Example Inc. We collect". So are single
// letters, and the words of the first list in capitals ("Sacramento, CA. You may").
constexpr auto k_abbreviated_within_names = std::to_array<std::string_view>(
    {"a.m", "assn", "bros", "co", "corp", "d.c", "dept", "e.u", "inc", "jr", "ltd", "p.m", "sr",
     "u.k", "u.n", "u.s", "u.s.a", "univ"});
static_assert(std::ranges::is_sorted(k_always_abbreviated));
static_assert(std::ranges::is_sorted(k_abbreviated_before_numbers));
static_assert(std::ranges::is_sorted(k_abbreviated_within_names));

constexpr std::size_t k_longest_abbreviation = 8;
constexpr std::size_t k_longest_stop_word = 8;
constexpr std::size_t k_longest_list_number = 8;

bool is_line_break(char32_t c) {
    return c == '\n' || c == '\r' || c == 0x85 || c == 0x2028 || c == 0x2029;
}

bool is_white_space(char32_t c) {
    return c < 0x80 ? c == ' ' || (c >= '\t' && c <= '\r')
                    : u_isUWhiteSpace(static_cast<UChar32>(c)) != 0;
}

bool is_terminator(char32_t c) {
    return c == '.' || c == '!' || c == '?' || c == 0x2026;
}

// Stops of Chinese and Japanese, which no blank follows.
bool is_full_width_terminator(char32_t c) {
    return c == 0x3002 || c == 0xFF01 || c == 0xFF1F || c == 0xFF61;
}

bool is_closing(char32_t c) {
    if (c < 0x80) {
        return c == '"' || c == '\'' || c == ')' || c == ']' || c == '}' || c == '*' || c == '_';
    }
    const auto category = U_GET_GC_MASK(static_cast<UChar32>(c));
    return (category & (U_GC_PE_MASK | U_GC_PF_MASK)) != 0 || c == 0x201C;  // German closing quote
}

// Upper case, digits, quotes, brackets, bullets, and letters of scripts other than Latin, Greek
// and Cyrillic, which have no case.
bool may_start_sentence(char32_t c) {
    if (c < 0x80) {
        return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               is_one_of(static_cast<char>(c), "\"'([{-*#$_");
    }
    const auto category = U_GET_GC_MASK(static_cast<UChar32>(c));
    constexpr auto starting = U_GC_LU_MASK | U_GC_LT_MASK | U_GC_LO_MASK | U_GC_N_MASK |
                              U_GC_PS_MASK | U_GC_PI_MASK | U_GC_PD_MASK | U_GC_SC_MASK |
                              U_GC_SO_MASK;
    constexpr std::u32string_view others = U"\u00A1\u00BF\u00A7\u2022\u2023\u2043\u00B7\u201D";
    return (category & starting) != 0 || others.find(c) != std::u32string_view::npos;
}

// The letters `text` starts with, in lower case; empty if they are more than a stop word has.
std::string starting_word(std::string_view text) {
    std::size_t size = 0;
    while (size < text.size() && size <= k_longest_stop_word && is_letter(text[size])) {
        ++size;
    }
    return size <= k_longest_stop_word ? lower_ascii(text.substr(0, size)) : std::string{};
}

// The last character of `text`; a blank if it is empty.
char32_t last_character(std::string_view text) {
    std::size_t begin = text.size();
    while (begin > 0 && text.size() - begin < 4) {
        --begin;
        if ((static_cast<std::uint8_t>(text[begin]) & 0xC0U) != 0x80U) {
            return next_character(text, begin);
        }
    }
    return text.empty() ? U' ' : k_replacement_character;
}

// The letters and inner dots `text` ends in; empty if they are too many to be an abbreviation or
// only the end of a word ("Provider's", "C&A", "YT2H").
std::string_view ending_abbreviation(std::string_view text) {
    std::size_t begin = text.size();
    while (begin > 0 && (is_letter(text[begin - 1]) || text[begin - 1] == '.')) {
        if (text.size() - begin == k_longest_abbreviation) {
            return {};
        }
        --begin;
    }
    const char32_t before = last_character(text.substr(0, begin));
    const bool is_single_letter = text.size() - begin == 1;
    const bool is_within_word =
        u_isalpha(static_cast<UChar32>(before)) != 0 ||
        (is_single_letter && (before == '\'' || before == 0x2019 || before == '&' ||
                              u_isdigit(static_cast<UChar32>(before)) != 0));
    return is_within_word ? std::string_view{} : text.substr(begin);
}

// "1", "2.3", "a", "IV", "(b": what stands before the first stop of a numbered paragraph.
bool is_list_number(std::string_view text) {
    if (text.starts_with('(')) {
        text.remove_prefix(1);
    }
    if (text.empty() || text.size() > k_longest_list_number) {
        return false;
    }
    if (text.size() == 1 && is_letter(text[0])) {
        return true;
    }
    const auto is_roman = [](char c) { return is_one_of(c, "ivxIVX"); };
    return std::ranges::all_of(text, [](char c) { return is_digit(c) || c == '.'; }) ||
           std::ranges::all_of(text, is_roman);
}

class SentenceFinder {
public:
    explicit SentenceFinder(std::string_view text) : m_text(text) {}

    std::vector<std::uint32_t> find() {
        while (m_offset < m_text.size()) {
            const std::size_t begin = m_offset;
            const char32_t character = next_character(m_text, m_offset);
            if (is_line_break(character)) {
                m_offset = begin;
                skip_blanks();
                end_sentence();
            } else if (is_full_width_terminator(character)) {
                skip_while(is_full_width_terminator);
                skip_closing();
                skip_blanks();
                end_sentence();
            } else if (is_terminator(character)) {
                read_stop(begin);
            } else if (!m_has_text && !is_white_space(character)) {
                m_has_text = true;
                m_first = begin;
            }
        }
        if (!m_text.empty() && (m_ends.empty() || m_ends.back() != m_text.size())) {
            m_ends.push_back(static_cast<std::uint32_t>(m_text.size()));
        }
        return std::move(m_ends);
    }

private:
    // After a stop that begins at `begin`: the rest of it, what closes around it, the blanks.
    void read_stop(std::size_t begin) {
        const bool lone_stop = skip_while(is_terminator) == 0 && m_text[begin] == '.';
        const bool had_text = m_has_text;
        if (!had_text) {
            m_has_text = true;
            m_first = begin;
        }
        skip_closing();
        const Blanks blanks = skip_blanks();
        const bool may_end = had_text && blanks == Blanks::some && starts_here();
        if (blanks == Blanks::with_line_break ||
            (may_end && !(lone_stop && belongs_to_word(begin)))) {
            end_sentence();
        }
    }

    bool starts_here() const {
        std::size_t offset = m_offset;
        return offset < m_text.size() && may_start_sentence(next_character(m_text, offset));
    }

    // True if the full stop at `stop` belongs to an abbreviation, an initial or a list number.
    bool belongs_to_word(std::size_t stop) const {
        const std::string_view before = m_text.substr(m_first, stop - m_first);
        if (is_list_number(before)) {
            return true;
        }
        const std::string_view shown = ending_abbreviation(before);
        if (shown.empty()) {
            return false;
        }
        const std::string word = lower_ascii(shown);
        const bool is_abbreviated = std::ranges::binary_search(k_always_abbreviated, word);
        const bool in_capitals =
            std::ranges::none_of(shown, [](char c) { return c == to_lower(c); });
        if (is_abbreviated && !in_capitals) {
            return true;
        }
        const std::string following = starting_word(m_text.substr(m_offset));
        const bool is_initial = word.size() == 1;
        if (is_abbreviated || is_initial ||
            std::ranges::binary_search(k_abbreviated_within_names, word)) {
            return !is_stop_word(following);
        }
        const bool before_number = is_digit(m_text[m_offset]) ||
                                   (!following.empty() && following.size() > 1 &&
                                    is_list_number(m_text.substr(m_offset, following.size())));
        return before_number && std::ranges::binary_search(k_abbreviated_before_numbers, word);
    }

    void skip_closing() { skip_while(is_closing); }

    enum class Blanks { none, some, with_line_break };

    Blanks skip_blanks() {
        bool has_line_break = false;
        const std::size_t count = skip_while([&has_line_break](char32_t c) {
            has_line_break = has_line_break || is_line_break(c);
            return is_white_space(c);
        });
        return has_line_break ? Blanks::with_line_break : count != 0 ? Blanks::some : Blanks::none;
    }

    // Returns the number of bytes skipped.
    template <typename Condition> std::size_t skip_while(Condition condition) {
        const std::size_t begin = m_offset;
        while (m_offset < m_text.size()) {
            std::size_t next = m_offset;
            if (!condition(next_character(m_text, next))) {
                break;
            }
            m_offset = next;
        }
        return m_offset - begin;
    }

    // Blanks alone are no sentence: they begin the next one.
    void end_sentence() {
        if (m_has_text) {
            m_ends.push_back(static_cast<std::uint32_t>(m_offset));
        }
        m_has_text = false;
        m_first = m_offset;
    }

    std::string_view m_text;
    std::size_t m_offset = 0;
    std::size_t m_first = 0;  // of the characters of this sentence that are not blank
    bool m_has_text = false;
    std::vector<std::uint32_t> m_ends;
};

}  // namespace

std::vector<std::uint32_t> sentence_ends(std::string_view text) {
    return SentenceFinder(text).find();
}

}  // namespace smallprint::text

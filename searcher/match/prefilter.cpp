// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/match/prefilter.h"

#include "common/base/strings.h"
#include "searcher/match/pattern.h"
#include "searcher/match/prefix_words.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace smallprint::match {
namespace {

// The start of every word that an element matches; empty if there is none to be sure of.
std::string certain_start(const Pattern::Element& element) {
    if (element.form == ElementForm::any) {
        return common_start(element.stem);
    }
    return std::ranges::all_of(element.word, is_lower) ? element.word : std::string();
}

bool is_word_character(char c) {
    return is_lower(c) || is_digit(c);
}

// The usual text, in two loops that compilers turn into wide instructions.
bool lower_plain_ascii(std::string_view text, std::string& lower) {
    unsigned others = 0;
    for (const char c : text) {
        others |= (static_cast<signed char>(c) < 0 || c == '-' || c == '_') ? 1U : 0U;
    }
    const bool plain = others == 0;
    if (plain) {
        lower.resize(text.size());
        for (std::size_t i = 0; i < text.size(); ++i) {
            lower[i] = to_lower(text[i]);
        }
    }
    return plain;
}

// The last byte of a hyphen or of a character without width in General Punctuation.
bool joins_words(char last) {
    const auto byte = static_cast<unsigned char>(last);
    return (byte >= 0x8B && byte <= 0x8D) || byte == 0x90 || byte == 0x91;
}

// Copies `text` into `lower` with ASCII in lower case and without hyphens and underscores, since
// "opt-out" can be read as "optout". False if the text has characters that may fold to ASCII
// letters: all but those of C2 (Latin-1 signs) and E2 80 (General Punctuation).
bool lower_readable(std::string_view text, std::string& lower) {
    lower.resize(text.size());
    std::size_t size = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x80) {
            lower[size] = to_lower(c);
            size += c != '-' && c != '_' ? 1 : 0;
        } else if (byte == 0xC2) {
            ++i;
            lower[size] = '.';
            size += text.substr(i, 1) == "\xAD" ? 0U : 1U;  // a soft hyphen
        } else if (byte == 0xE2 && text.substr(i + 1, 1) == "\x80") {
            i += 2;
            lower[size] = '.';
            size += joins_words(i < text.size() ? text[i] : ' ') ? 0U : 1U;
        } else {
            return false;
        }
    }
    lower.resize(size);
    return true;
}

}  // namespace

Prefilter::Prefilter(const Pattern& pattern) {
    const auto& positions = pattern.positions();
    if (positions.size() == 1 && positions[0].size() == 1) {
        m_first = certain_start(positions[0][0]);
    }
    for (std::size_t i = 0; i + 1 < positions.size(); ++i) {
        // A compound may be written in several ways.
        if (positions[i].size() != 1 || positions[i + 1].size() != 1) {
            continue;
        }
        std::string first = certain_start(positions[i][0]);
        std::string second = certain_start(positions[i + 1][0]);
        if (!first.empty() && !second.empty() && first.size() > m_first.size()) {
            m_first = std::move(first);
            m_second = std::move(second);
        }
    }
}

bool Prefilter::may_match(std::string_view text) {
    if (m_first.empty() || !(lower_plain_ascii(text, m_lower) || lower_readable(text, m_lower))) {
        return true;
    }
    for (std::size_t at = m_lower.find(m_first); at != std::string::npos;
         at = m_lower.find(m_first, at + 1)) {
        if (m_second.empty() || second_follows(at + m_first.size())) {
            return true;
        }
    }
    return false;
}

// True if the second word's start is in the rest of the run of characters at `at`, or in the first
// run after it that has a letter or digit. Runs end at blanks.
bool Prefilter::second_follows(std::size_t at) const {
    const std::size_t size = m_lower.size();
    const auto blank = [&](std::size_t i) { return m_lower[i] == ' ' || m_lower[i] == '\n'; };
    std::size_t begin = at;
    bool first_run = true;
    while (begin < size) {
        std::size_t end = begin;
        bool has_word = false;
        for (; end < size && !blank(end); ++end) {
            has_word = has_word || is_word_character(m_lower[end]);
        }
        const std::string_view run = std::string_view(m_lower).substr(begin, end - begin);
        if (run.find(m_second) != std::string_view::npos) {
            return true;
        }
        if (has_word && !first_run) {
            return false;
        }
        first_run = false;
        begin = end + 1;
    }
    return false;
}

}  // namespace smallprint::match

// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/text/analyzer.h"
#include "searcher/engine/results.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace smallprint {

// A text as the matcher sees it: its words by position, each position with the stems that can be
// read there. A compound such as "opt-out" offers both its parts and its joined form.
class AnalyzedText {
public:
    struct Reading {
        std::string_view stem;
        std::uint32_t width = 1;  // positions it takes
        std::uint32_t begin = 0;  // bytes of the text
        std::uint32_t end = 0;
    };

    // The stemmer must stay as long as the result is used.
    AnalyzedText(const std::vector<Token>& tokens, Stemmer& stemmer);

    std::size_t positions() const { return m_starts.size() - 1; }

    const Reading* begin(std::size_t position) const {
        return m_readings.data() + m_starts[position];
    }

    const Reading* end(std::size_t position) const {
        return m_readings.data() + m_starts[position + 1];
    }

private:
    std::vector<Reading> m_readings;  // by position
    std::vector<std::uint32_t> m_starts;
};

// What one part of a query looks for: words that follow one another. A single word is a pattern of
// one position; so that "opt-out", "opt out" (in quotes) and "optout" find each other, a compound's
// joined form is an alternative to its parts, in the pattern and in the text.
class Pattern {
public:
    struct Element {
        std::string word;  // folded
        std::string stem;
        std::uint32_t width = 1;
        bool stop_word = false;
    };

    Pattern(std::string_view text, Tokenizer& tokenizer, Stemmer& stemmer);

    // Elements that can stand at each position.
    const std::vector<std::vector<Element>>& positions() const { return m_positions; }

    bool empty() const { return m_positions.empty(); }

    // All places where the pattern occurs, in order.
    std::vector<TextSpan> find_all(const AnalyzedText& text) const;

    // Whether it occurs in the text that these are the words of. Cheaper than find_all().
    bool occurs_in(const std::vector<Token>& tokens, Stemmer& stemmer) const;

private:
    bool parts_occur_at(const std::vector<Token>& tokens, std::size_t at, Stemmer& stemmer) const;

    // The end of an occurrence that has the pattern's `position` at the text's `at`, or 0.
    std::uint32_t match_from(const AnalyzedText& text, std::size_t position, std::size_t at) const;

    std::vector<std::vector<Element>> m_positions;  // parts before joined forms
    bool m_has_compounds = false;
};

// Sorted, overlapping and touching spans joined.
std::vector<TextSpan> merged_spans(std::vector<TextSpan> spans);

}  // namespace smallprint

// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/model/text_span.h"
#include "common/text/analyzer.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace smallprint::match {

// A text as the matcher sees it: its words by position, each position with the words that can be
// read there. A compound such as "opt-out" offers both its parts and its joined form.
class AnalyzedText {
public:
    struct Reading {
        std::string_view word;
        std::uint32_t width = 1;  // positions it takes
        std::uint32_t begin = 0;  // bytes of the text
        std::uint32_t end = 0;
    };

    AnalyzedText() = default;

    // The tokens' words must stay as long as the result is used.
    explicit AnalyzedText(const std::vector<text::Token>& tokens);

    std::size_t positions() const { return m_starts.empty() ? 0 : m_starts.size() - 1; }

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

// One place of a text that a pattern matches: positions of words, the last one exclusive, and their
// bytes.
struct Occurrence {
    std::uint32_t first = 0;
    std::uint32_t end = 0;
    TextSpan bytes;
};

enum class ElementForm : std::uint8_t {
    any,     // every word with the same stem
    exact,   // this word alone
    prefix,  // every word that begins so
};

// Words of a query that follow one another. A single word is a pattern of one position; so that
// "opt-out", "opt out" (in quotes) and "optout" find each other, a compound's joined form is an
// alternative to its parts, in the pattern and in the text.
class Pattern {
public:
    struct Element {
        std::string word;  // folded
        std::string stem;  // of `word`; meaningless for a prefix
        std::uint32_t width = 1;
        ElementForm form = ElementForm::any;
        bool stop_word = false;
        bool indexed = true;       // every text that it matches has a posting for it
        bool passes_over = false;  // stop words are no matches of a prefix
        std::vector<std::string> expansions = {};  // stems that may have words with this prefix

        bool matches(std::string_view written, text::Stemmer& stemmer) const;
    };

    Pattern() = default;
    Pattern(std::string_view text, ElementForm form, text::Tokenizer& tokenizer,
            text::Stemmer& stemmer);

    Pattern(std::string_view text, text::Tokenizer& tokenizer, text::Stemmer& stemmer)
        : Pattern(text, ElementForm::any, tokenizer, stemmer) {}

    // Goes on with the words of another pattern.
    void append(const Pattern& next);

    // Elements that can stand at each position.
    const std::vector<std::vector<Element>>& positions() const { return m_positions; }

    std::vector<std::vector<Element>>& positions() { return m_positions; }

    bool empty() const { return m_positions.empty(); }

    // True if some word has a posting in every text that the pattern occurs in.
    bool is_indexed() const;

    // All places where the pattern occurs, in order.
    std::vector<Occurrence> find_all(const AnalyzedText& text, text::Stemmer& stemmer) const;

    // True if the pattern occurs in the text with these words. Cheaper than find_all().
    bool occurs_in(const std::vector<text::Token>& tokens, text::Stemmer& stemmer) const;

private:
    struct End {
        std::uint32_t position = 0;
        std::uint32_t byte = 0;

        friend bool operator==(const End&, const End&) = default;
    };

    // Occurrences from one place of a text on. There are several where a compound can be read in
    // several ways, and many ways lead to the same; `seen` holds which were gone: pattern position
    // and text position.
    struct Walk {
        const AnalyzedText& text;
        text::Stemmer& stemmer;
        std::vector<End> ends = {};
        std::vector<std::pair<std::size_t, std::size_t>> seen = {};

        void restart() {
            ends.clear();
            seen.clear();
        }
    };

    bool parts_occur_at(const std::vector<text::Token>& tokens, std::size_t at,
                        text::Stemmer& stemmer) const;

    // Goes on with the pattern's `position` at the text's `at`.
    void go_on(Walk& walk, std::size_t position, std::size_t at) const;

    std::vector<std::vector<Element>> m_positions;  // parts before joined forms
    bool m_has_compounds = false;
};

// Sorted, overlapping and touching spans joined.
std::vector<TextSpan> merge_spans(std::vector<TextSpan> spans);

}  // namespace smallprint::match

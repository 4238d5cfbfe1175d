// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/match/pattern.h"

#include "common/model/text_span.h"
#include "common/text/analyzer.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace smallprint::match {
namespace {

// Stop words have no postings, and "doing" is found in a text that says "do".
bool has_postings(const Pattern::Element& element, text::Stemmer& stemmer) {
    switch (element.form) {
    case ElementForm::any:
        return std::ranges::none_of(text::stop_words(), [&](std::string_view word) {
            return word.front() == element.stem.front() && stemmer.stem(word) == element.stem;
        });
    case ElementForm::exact:
        return !element.stop_word;
    case ElementForm::prefix:
        return std::ranges::none_of(text::stop_words(), [&](std::string_view word) {
            return word.starts_with(element.word);
        });
    }
    return false;
}

}  // namespace

AnalyzedText::AnalyzedText(const std::vector<text::Token>& tokens) {
    std::uint32_t positions = 0;
    for (const text::Token& token : tokens) {
        positions = std::max(positions, token.position + 1);
    }
    // Counting sort: joined forms come after parts of later positions.
    m_starts.assign(positions + 1, 0);
    for (const text::Token& token : tokens) {
        ++m_starts[token.position + 1];
    }
    for (std::size_t i = 1; i < m_starts.size(); ++i) {
        m_starts[i] += m_starts[i - 1];
    }
    m_readings.resize(tokens.size());
    std::vector<std::uint32_t> next = m_starts;
    for (const text::Token& token : tokens) {
        m_readings[next[token.position]++] = {token.word, token.width, token.begin, token.end};
    }
}

bool Pattern::Element::matches(std::string_view written, text::Stemmer& stemmer) const {
    switch (form) {
    case ElementForm::any:
        // Stemming never changes the first letter, and most words fail by that.
        return written.front() == stem.front() && stemmer.stem(written) == stem;
    case ElementForm::exact:
        return written == word;
    case ElementForm::prefix:
        return written.starts_with(word) && !(passes_over && text::is_stop_word(written));
    }
    return false;
}

Pattern::Pattern(std::string_view text, ElementForm form, text::Tokenizer& tokenizer,
                 text::Stemmer& stemmer) {
    for (const text::Token& token : tokenizer.tokenize(text)) {
        if (token.position >= m_positions.size()) {
            m_positions.resize(token.position + 1);
        }
        m_positions[token.position].push_back({std::string(token.word),
                                               std::string(stemmer.stem(token.word)), token.width,
                                               form, text::is_stop_word(token.word)});
        m_has_compounds = m_has_compounds || token.width > 1;
    }
    for (std::size_t at = 0; at < m_positions.size(); ++at) {
        for (Element& element : m_positions[at]) {
            // Only what stands at the end is a beginning: "opt-o*" is "opt" and a word with "o".
            const bool last = at + element.width == m_positions.size();
            element.form = form == ElementForm::prefix && !last ? ElementForm::any : form;
            element.indexed = has_postings(element, stemmer);
        }
    }
}

void Pattern::append(const Pattern& next) {
    m_positions.insert(m_positions.end(), next.m_positions.begin(), next.m_positions.end());
    m_has_compounds = m_has_compounds || next.m_has_compounds;
}

bool Pattern::is_indexed() const {
    return std::ranges::any_of(m_positions, [](const auto& elements) {
        return std::ranges::all_of(elements,
                                   [](const Element& element) { return element.indexed; });
    });
}

std::vector<Occurrence> Pattern::find_all(const AnalyzedText& text, text::Stemmer& stemmer) const {
    std::vector<Occurrence> found;
    Walk walk{text, stemmer};
    for (std::size_t at = 0; !empty() && at < text.positions(); ++at) {
        walk.restart();
        go_on(walk, 0, at);
        for (const End& end : walk.ends) {
            found.push_back(
                {static_cast<std::uint32_t>(at), end.position, {text.begin(at)->begin, end.byte}});
        }
    }
    return found;
}

bool Pattern::occurs_in(const std::vector<text::Token>& tokens, text::Stemmer& stemmer) const {
    if (empty()) {
        return false;
    }
    bool has_compounds = m_has_compounds;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        if (parts_occur_at(tokens, i, stemmer)) {
            return true;
        }
        has_compounds = has_compounds || tokens[i].width > 1;
    }
    if (!has_compounds) {
        return false;
    }
    const AnalyzedText text(tokens);
    Walk walk{text, stemmer};
    for (std::size_t at = 0; at < text.positions() && walk.ends.empty(); ++at) {
        walk.seen.clear();
        go_on(walk, 0, at);
    }
    return !walk.ends.empty();
}

// True if the pattern, read by its parts, matches the parts from tokens[at] on.
bool Pattern::parts_occur_at(const std::vector<text::Token>& tokens, std::size_t at,
                             text::Stemmer& stemmer) const {
    std::size_t position = 0;
    for (; at < tokens.size() && position < m_positions.size(); ++at) {
        if (tokens[at].width > 1) {
            continue;
        }
        if (!m_positions[position].front().matches(tokens[at].word, stemmer)) {
            return false;
        }
        ++position;
    }
    return position == m_positions.size();
}

// Depth is bounded by the pattern's length, and a position offers a handful of readings at most.
void Pattern::go_on(Walk& walk, std::size_t position, std::size_t at) const {
    if (at >= walk.text.positions() ||
        (m_has_compounds && std::ranges::count(walk.seen, std::pair(position, at)) > 0)) {
        return;
    }
    walk.seen.emplace_back(position, at);
    for (const Element& element : m_positions[position]) {
        for (const auto* reading = walk.text.begin(at); reading != walk.text.end(at); ++reading) {
            if (!element.matches(reading->word, walk.stemmer)) {
                continue;
            }
            const std::size_t next = position + element.width;
            const End end{static_cast<std::uint32_t>(at + reading->width), reading->end};
            if (next < m_positions.size()) {
                go_on(walk, next, end.position);
            } else if (std::ranges::count(walk.ends, end) == 0) {
                walk.ends.push_back(end);
            }
        }
    }
}

std::vector<TextSpan> merge_spans(std::vector<TextSpan> spans) {
    std::ranges::sort(spans, {},
                      [](const TextSpan& span) { return std::pair(span.begin, span.end); });
    std::vector<TextSpan> merged;
    for (const TextSpan& span : spans) {
        if (!merged.empty() && span.begin <= merged.back().end) {
            merged.back().end = std::max(merged.back().end, span.end);
        } else {
            merged.push_back(span);
        }
    }
    return merged;
}

}  // namespace smallprint::match

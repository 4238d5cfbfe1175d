// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/engine/pattern.h"

#include "common/text/analyzer.h"
#include "searcher/engine/results.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace smallprint {

AnalyzedText::AnalyzedText(const std::vector<Token>& tokens, Stemmer& stemmer) {
    std::uint32_t positions = 0;
    for (const Token& token : tokens) {
        positions = std::max(positions, token.position + 1);
    }
    // Counting sort: joined forms come after parts of later positions.
    m_starts.assign(positions + 1, 0);
    for (const Token& token : tokens) {
        ++m_starts[token.position + 1];
    }
    for (std::size_t i = 1; i < m_starts.size(); ++i) {
        m_starts[i] += m_starts[i - 1];
    }
    m_readings.resize(tokens.size());
    std::vector<std::uint32_t> next = m_starts;
    for (const Token& token : tokens) {
        m_readings[next[token.position]++] = {stemmer.stem(token.word), token.width, token.begin,
                                              token.end};
    }
}

Pattern::Pattern(std::string_view text, Tokenizer& tokenizer, Stemmer& stemmer) {
    for (const Token& token : tokenizer.tokenize(text)) {
        if (token.position >= m_positions.size()) {
            m_positions.resize(token.position + 1);
        }
        m_positions[token.position].push_back({std::string(token.word),
                                               std::string(stemmer.stem(token.word)), token.width,
                                               is_stop_word(token.word)});
        m_has_compounds = m_has_compounds || token.width > 1;
    }
}

std::vector<TextSpan> Pattern::find_all(const AnalyzedText& text) const {
    std::vector<TextSpan> found;
    for (std::size_t at = 0; !empty() && at < text.positions(); ++at) {
        if (const std::uint32_t end = match_from(text, 0, at)) {
            found.push_back({text.begin(at)->begin, end});
        }
    }
    return found;
}

bool Pattern::occurs_in(const std::vector<Token>& tokens, Stemmer& stemmer) const {
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
    const AnalyzedText text(tokens, stemmer);
    for (std::size_t at = 0; at < text.positions(); ++at) {
        if (match_from(text, 0, at) > 0) {
            return true;
        }
    }
    return false;
}

// Whether the pattern, read by its parts, matches the parts from tokens[at] on.
bool Pattern::parts_occur_at(const std::vector<Token>& tokens, std::size_t at,
                             Stemmer& stemmer) const {
    std::size_t position = 0;
    for (; at < tokens.size() && position < m_positions.size(); ++at) {
        if (tokens[at].width > 1) {
            continue;
        }
        // Stemming never changes the first letter, and most words fail by that.
        const Element& part = m_positions[position].front();
        if (tokens[at].word.front() != part.stem.front() ||
            stemmer.stem(tokens[at].word) != part.stem) {
            return false;
        }
        ++position;
    }
    return position == m_positions.size();
}

// Depth is bounded by the pattern's length, and a position offers a handful of readings at most.
std::uint32_t Pattern::match_from(const AnalyzedText& text, std::size_t position,
                                  std::size_t at) const {
    if (at >= text.positions()) {
        return 0;
    }
    for (const Element& element : m_positions[position]) {
        for (const auto* reading = text.begin(at); reading != text.end(at); ++reading) {
            if (reading->stem != element.stem) {
                continue;
            }
            const std::size_t next = position + element.width;
            const std::uint32_t end = next >= m_positions.size()
                                          ? reading->end
                                          : match_from(text, next, at + reading->width);
            if (end > 0) {
                return end;
            }
        }
    }
    return 0;
}

std::vector<TextSpan> merged_spans(std::vector<TextSpan> spans) {
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

}  // namespace smallprint

// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/model/text_span.h"
#include "searcher/query/ast.h"

#include <cstdint>
#include <vector>

namespace smallprint::match {

// A match in a text, from its first word to its last, with the bytes of it that are highlighted.
struct WordSpan {
    std::uint32_t first = 0;  // positions of words, `end` exclusive
    std::uint32_t end = 0;
    std::vector<TextSpan> marks = {};
};

// In the order of their first words, then of their ends; none twice.
using WordSpans = std::vector<WordSpan>;

// Brings spans in order and makes one of those that are equal.
WordSpans sort_spans(WordSpans spans);

struct Nearness {
    std::uint32_t distance = 1;  // between two words; neighbours are 1 apart
    query::NearOrder order = query::NearOrder::either;
};

// Every pair of a span here and one there that do not overlap and whose nearest ends are at most
// `distance` apart, from the first word of the one to the last of the other. Where a text has a
// great many pairs, of each span only the one with the nearest partner to each side.
WordSpans find_near(const WordSpans& here, const WordSpans& there, Nearness nearness);

// A span for every sentence that has something of each; `sentence_ends` are bytes.
WordSpans find_in_sentences(const std::vector<WordSpans>& parts,
                            const std::vector<std::uint32_t>& sentence_ends);

}  // namespace smallprint::match

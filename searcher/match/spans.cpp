// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/match/spans.h"

#include "common/model/text_span.h"
#include "searcher/match/pattern.h"
#include "searcher/query/ast.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <utility>
#include <vector>

namespace smallprint::match {
namespace {

// A clause has 250 words or so; only what is no prose comes near this.
constexpr std::size_t k_most_pairs = 20000;

WordSpan join(const WordSpan& a, const WordSpan& b) {
    WordSpan both{std::min(a.first, b.first), std::max(a.end, b.end), a.marks};
    both.marks.insert(both.marks.end(), b.marks.begin(), b.marks.end());
    return both;
}

// Calls `use` with every pair of an earlier and a later span in reach; false if there are too
// many.
template <typename Use>
bool each_pair(const WordSpans& earlier, const WordSpans& later, std::uint32_t distance, Use use) {
    std::size_t pairs = 0;
    for (const WordSpan& a : earlier) {
        auto b = std::ranges::lower_bound(later, a.end, {}, &WordSpan::first);
        for (; b != later.end() && b->first - a.end < distance; ++b) {
            if (++pairs > k_most_pairs) {
                return false;
            }
            use(a, *b);
        }
    }
    return true;
}

// Calls `use` with each earlier span and the nearest later one, and the other way round.
template <typename Use>
void nearest_pairs(const WordSpans& earlier, const WordSpans& later, std::uint32_t distance,
                   Use use) {
    for (const WordSpan& a : earlier) {
        const auto b = std::ranges::lower_bound(later, a.end, {}, &WordSpan::first);
        if (b != later.end() && b->first - a.end < distance) {
            use(a, *b);
        }
    }
    WordSpans by_end = earlier;
    std::ranges::sort(by_end, {}, &WordSpan::end);
    for (const WordSpan& b : later) {
        const auto after = std::ranges::upper_bound(by_end, b.first, {}, &WordSpan::end);
        if (after != by_end.begin() && b.first - std::prev(after)->end < distance) {
            use(*std::prev(after), b);
        }
    }
}

void add_pairs(const WordSpans& earlier, const WordSpans& later, std::uint32_t distance,
               WordSpans& found) {
    const std::size_t before = found.size();
    const auto use = [&](const WordSpan& a, const WordSpan& b) { found.push_back(join(a, b)); };
    if (!each_pair(earlier, later, distance, use)) {
        found.resize(before);
        nearest_pairs(earlier, later, distance, use);
    }
}

// The number of the sentence that holds all marks of a span, or of none: SIZE_MAX.
std::size_t find_sentence(const WordSpan& span, const std::vector<std::uint32_t>& ends) {
    std::size_t sentence = SIZE_MAX;
    for (const TextSpan& mark : span.marks) {
        const auto first = std::ranges::upper_bound(ends, mark.begin);
        const auto last = std::ranges::lower_bound(ends, mark.end);
        const auto number = static_cast<std::size_t>(first - ends.begin());
        if (first != last || (sentence != SIZE_MAX && sentence != number)) {
            return SIZE_MAX;
        }
        sentence = number;
    }
    return sentence;
}

}  // namespace

WordSpans sort_spans(WordSpans spans) {
    const auto key = [](const WordSpan& span) { return std::pair(span.first, span.end); };
    std::ranges::sort(spans, {}, key);
    WordSpans distinct;
    for (WordSpan& span : spans) {
        if (!distinct.empty() && key(distinct.back()) == key(span)) {
            auto& marks = distinct.back().marks;
            marks.insert(marks.end(), span.marks.begin(), span.marks.end());
            marks = merge_spans(std::move(marks));
        } else {
            distinct.push_back(std::move(span));
        }
    }
    return distinct;
}

WordSpans find_near(const WordSpans& here, const WordSpans& there, Nearness nearness) {
    WordSpans found;
    add_pairs(here, there, nearness.distance, found);
    if (nearness.order == query::NearOrder::either) {
        add_pairs(there, here, nearness.distance, found);
    }
    return sort_spans(std::move(found));
}

WordSpans find_in_sentences(const std::vector<WordSpans>& parts,
                            const std::vector<std::uint32_t>& sentence_ends) {
    std::vector<std::size_t> parts_in(sentence_ends.size(), 0);
    std::vector<WordSpan> whole(sentence_ends.size());
    for (std::size_t part = 0; part < parts.size(); ++part) {
        for (const WordSpan& span : parts[part]) {
            const std::size_t sentence = find_sentence(span, sentence_ends);
            // Parts are counted in their order, so that one that is missing ends the count.
            if (sentence == SIZE_MAX || parts_in[sentence] < part) {
                continue;
            }
            whole[sentence] = parts_in[sentence] == 0 ? span : join(whole[sentence], span);
            parts_in[sentence] = part + 1;
        }
    }
    WordSpans found;
    for (std::size_t sentence = 0; sentence < whole.size(); ++sentence) {
        if (parts_in[sentence] == parts.size()) {
            found.push_back(std::move(whole[sentence]));
        }
    }
    return sort_spans(std::move(found));
}

}  // namespace smallprint::match

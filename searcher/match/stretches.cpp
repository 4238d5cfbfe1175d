// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/match/stretches.h"

#include "common/model/text_span.h"
#include "searcher/match/pattern.h"
#include "searcher/query/ast.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <utility>
#include <vector>

namespace smallprint {
namespace {

// A clause has 250 words or so; only what is no prose comes near this.
constexpr std::size_t k_most_pairs = 20000;

Stretch joined(const Stretch& a, const Stretch& b) {
    Stretch both{std::min(a.first, b.first), std::max(a.end, b.end), a.marks};
    both.marks.insert(both.marks.end(), b.marks.begin(), b.marks.end());
    return both;
}

// Calls `take` with every pair of an earlier and a later stretch in reach; false if there are too
// many.
template <typename Take>
bool each_pair(const Stretches& earlier, const Stretches& later, std::uint32_t distance,
               Take take) {
    std::size_t pairs = 0;
    for (const Stretch& a : earlier) {
        auto b = std::ranges::lower_bound(later, a.end, {}, &Stretch::first);
        for (; b != later.end() && b->first - a.end < distance; ++b) {
            if (++pairs > k_most_pairs) {
                return false;
            }
            take(a, *b);
        }
    }
    return true;
}

// Of each earlier stretch the nearest later one, and the other way round.
template <typename Take>
void nearest_pairs(const Stretches& earlier, const Stretches& later, std::uint32_t distance,
                   Take take) {
    for (const Stretch& a : earlier) {
        const auto b = std::ranges::lower_bound(later, a.end, {}, &Stretch::first);
        if (b != later.end() && b->first - a.end < distance) {
            take(a, *b);
        }
    }
    Stretches by_end = earlier;
    std::ranges::sort(by_end, {}, &Stretch::end);
    for (const Stretch& b : later) {
        const auto after = std::ranges::upper_bound(by_end, b.first, {}, &Stretch::end);
        if (after != by_end.begin() && b.first - std::prev(after)->end < distance) {
            take(*std::prev(after), b);
        }
    }
}

void add_pairs(const Stretches& earlier, const Stretches& later, std::uint32_t distance,
               Stretches& found) {
    const std::size_t before = found.size();
    const auto take = [&](const Stretch& a, const Stretch& b) { found.push_back(joined(a, b)); };
    if (!each_pair(earlier, later, distance, take)) {
        found.resize(before);
        nearest_pairs(earlier, later, distance, take);
    }
}

// The number of the sentence that holds all marks of a stretch, or of none: SIZE_MAX.
std::size_t find_sentence(const Stretch& stretch, const std::vector<std::uint32_t>& ends) {
    std::size_t sentence = SIZE_MAX;
    for (const TextSpan& mark : stretch.marks) {
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

Stretches ordered(Stretches stretches) {
    const auto key = [](const Stretch& stretch) { return std::pair(stretch.first, stretch.end); };
    std::ranges::sort(stretches, {}, key);
    Stretches distinct;
    for (Stretch& stretch : stretches) {
        if (!distinct.empty() && key(distinct.back()) == key(stretch)) {
            auto& marks = distinct.back().marks;
            marks.insert(marks.end(), stretch.marks.begin(), stretch.marks.end());
            marks = merge_spans(std::move(marks));
        } else {
            distinct.push_back(std::move(stretch));
        }
    }
    return distinct;
}

Stretches near_pairs(const Stretches& here, const Stretches& there, Nearness nearness) {
    Stretches found;
    add_pairs(here, there, nearness.distance, found);
    if (nearness.order == NearOrder::either) {
        add_pairs(there, here, nearness.distance, found);
    }
    return ordered(std::move(found));
}

Stretches together_in_sentences(const std::vector<Stretches>& parts,
                                const std::vector<std::uint32_t>& sentence_ends) {
    std::vector<std::size_t> parts_in(sentence_ends.size(), 0);
    std::vector<Stretch> whole(sentence_ends.size());
    for (std::size_t part = 0; part < parts.size(); ++part) {
        for (const Stretch& stretch : parts[part]) {
            const std::size_t sentence = find_sentence(stretch, sentence_ends);
            // Parts are counted in their order, so that one that is missing ends the count.
            if (sentence == SIZE_MAX || parts_in[sentence] < part) {
                continue;
            }
            whole[sentence] = parts_in[sentence] == 0 ? stretch : joined(whole[sentence], stretch);
            parts_in[sentence] = part + 1;
        }
    }
    Stretches found;
    for (std::size_t sentence = 0; sentence < whole.size(); ++sentence) {
        if (parts_in[sentence] == parts.size()) {
            found.push_back(std::move(whole[sentence]));
        }
    }
    return ordered(std::move(found));
}

}  // namespace smallprint

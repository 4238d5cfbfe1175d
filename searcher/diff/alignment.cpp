// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/diff/alignment.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
// DTL 1.20 assigns to a member in a const function that nobody calls. GCC does not look at it, but
// Clang, and so clang-tidy, refuses the header. These two words make the function one that may.
// clang-format off
#define enableTrivial() enable_trivial() {} struct Unused { mutable bool trivial; void unused()
#define disableTrivial() close_unused() {} }; void disable_trivial()
#include <dtl/dtl.hpp>
#undef enableTrivial
#undef disableTrivial
// clang-format on
#include <optional>
#include <unordered_map>
#include <utility>
#include <vector>

namespace smallprint::diff {
namespace {

using Items = std::vector<std::uint32_t>;

// Bounds the product of two sizes. DTL's time and memory grow with it, and beyond two million steps
// it gives up looking for the shortest way.
constexpr std::size_t k_most_steps = 1'000'000;

// The heaviest chain that ends at or before a place; a Fenwick tree of maxima.
class BestChains {
public:
    struct Chain {
        std::size_t weight = 0;
        std::optional<std::size_t> last;  // match it ends with
    };

    explicit BestChains(std::size_t places) : m_chains(places + 1) {}

    Chain before(std::size_t place) const {
        Chain best;
        for (std::size_t i = place; i > 0; i -= i & (~i + 1)) {
            best = m_chains[i].weight > best.weight ? m_chains[i] : best;
        }
        return best;
    }

    void offer(std::size_t place, const Chain& chain) {
        for (std::size_t i = place + 1; i < m_chains.size(); i += i & (~i + 1)) {
            m_chains[i] = chain.weight > m_chains[i].weight ? chain : m_chains[i];
        }
    }

private:
    std::vector<Chain> m_chains;
};

// Adds differences behind those there are, joining what touches.
void add(std::vector<Difference>& list, const Difference& next) {
    if (next.before_begin == next.before_end && next.after_begin == next.after_end) {
        return;
    }
    if (!list.empty() && list.back().before_end == next.before_begin &&
        list.back().after_end == next.after_begin) {
        list.back().before_end = next.before_end;
        list.back().after_end = next.after_end;
    } else {
        list.push_back(next);
    }
}

Difference without_equal_ends(const Items& before, const Items& after, Difference range) {
    while (range.before_begin < range.before_end && range.after_begin < range.after_end &&
           before[range.before_begin] == after[range.after_begin]) {
        ++range.before_begin;
        ++range.after_begin;
    }
    while (range.before_begin < range.before_end && range.after_begin < range.after_end &&
           before[range.before_end - 1] == after[range.after_end - 1]) {
        --range.before_end;
        --range.after_end;
    }
    return range;
}

Items part_of(const Items& items, std::size_t begin, std::size_t end) {
    return {items.begin() + static_cast<std::ptrdiff_t>(begin),
            items.begin() + static_cast<std::ptrdiff_t>(end)};
}

bool is_small(const Difference& range) {
    return (range.before_end - range.before_begin) * (range.after_end - range.after_begin) <=
           k_most_steps;
}

// The shortest way, by DTL.
void add_shortest(const Items& before, const Items& after, const Difference& range,
                  std::vector<Difference>& list) {
    dtl::Diff<std::uint32_t, Items> diff(part_of(before, range.before_begin, range.before_end),
                                         part_of(after, range.after_begin, range.after_end));
    diff.compose();
    std::size_t i = range.before_begin;
    std::size_t j = range.after_begin;
    const auto script = diff.getSes().getSequence();
    for (const auto& [item, step] : script) {
        if (step.type == dtl::SES_DELETE) {
            add(list, {i, i + 1, j, j});
            ++i;
        } else if (step.type == dtl::SES_ADD) {
            add(list, {i, i, j, j + 1});
            ++j;
        } else {
            ++i;
            ++j;
        }
    }
}

// Adds the differences of a range. Equal ends are trimmed, and a rest too large for the shortest
// way is one difference.
void add_range(const Items& before, const Items& after, const Difference& wide,
               std::vector<Difference>& list) {
    const Difference range = without_equal_ends(before, after, wide);
    const bool one_is_empty =
        range.before_begin == range.before_end || range.after_begin == range.after_end;
    if (one_is_empty || !is_small(range)) {
        add(list, range);
    } else {
        add_shortest(before, after, range, list);
    }
}

// Places of the items that occur once in a range.
std::unordered_map<std::uint32_t, std::size_t> lone_items(const Items& items, std::size_t begin,
                                                          std::size_t end) {
    std::unordered_map<std::uint32_t, std::size_t> places;
    std::vector<std::uint32_t> repeated;
    for (std::size_t i = begin; i < end; ++i) {
        if (!places.emplace(items[i], i).second) {
            repeated.push_back(items[i]);
        }
    }
    for (const std::uint32_t item : repeated) {
        places.erase(item);
    }
    return places;
}

std::vector<AlignedPair> anchors_in(const Items& before, const Items& after,
                                    const Difference& range) {
    const auto in_before = lone_items(before, range.before_begin, range.before_end);
    std::vector<AlignedPair> matches;
    for (const auto& [item, place] : lone_items(after, range.after_begin, range.after_end)) {
        if (const auto found = in_before.find(item); found != in_before.end()) {
            matches.push_back({found->second, place, 1});
        }
    }
    return keep_in_order(std::move(matches));
}

}  // namespace

std::vector<AlignedPair> keep_in_order(std::vector<AlignedPair> matches) {
    std::ranges::sort(matches, {}, &AlignedPair::before);
    std::size_t places = 0;
    for (const AlignedPair& match : matches) {
        places = std::max(places, match.after + 1);
    }
    BestChains chains(places);
    std::vector<std::optional<std::size_t>> previous(matches.size());
    for (std::size_t i = 0; i < matches.size(); ++i) {
        const BestChains::Chain best = chains.before(matches[i].after);
        previous[i] = best.last;
        chains.offer(matches[i].after, {best.weight + matches[i].weight, i});
    }
    std::vector<AlignedPair> chosen;
    for (auto at = chains.before(places).last; at; at = previous[*at]) {
        chosen.push_back(matches[*at]);
    }
    std::ranges::reverse(chosen);
    return chosen;
}

std::vector<Difference> find_differences(const Items& before, const Items& after) {
    const Difference whole = without_equal_ends(before, after, {0, before.size(), 0, after.size()});
    std::vector<Difference> list;
    if (is_small(whole)) {
        add_range(before, after, whole, list);
        return list;
    }
    Difference gap = whole;
    for (const AlignedPair& anchor : anchors_in(before, after, whole)) {
        gap.before_end = anchor.before;
        gap.after_end = anchor.after;
        add_range(before, after, gap, list);
        gap.before_begin = anchor.before + 1;
        gap.after_begin = anchor.after + 1;
    }
    gap.before_end = whole.before_end;
    gap.after_end = whole.after_end;
    add_range(before, after, gap, list);
    return list;
}

}  // namespace smallprint::diff

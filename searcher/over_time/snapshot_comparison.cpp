// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/over_time/snapshot_comparison.h"

#include "common/base/hash.h"
#include "common/model/policy.h"
#include "common/model/section.h"
#include "common/text/tokenizer.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <tuple>
#include <utility>
#include <vector>

namespace smallprint::over_time {
namespace {

// Below it two texts are not wordings of one clause. Sentences of this domain that have nothing to
// do with each other share a third of their words, the frequent ones.
constexpr double k_alike_at_one_place = 0.5;
constexpr double k_alike_under_one_heading = 0.6;

// "Last updated: May 30, 2011" keeps two words of five. Short texts have few frequent words.
constexpr std::size_t k_short_text = 60;  // bytes
constexpr double k_alike_if_short = 0.4;

// Pairs compared of two snapshots; a policy that was written anew has hundreds of clauses on both
// sides.
constexpr std::size_t k_most_pairs = 40'000;

// The similarity that two texts need, by their places; over 1 if they are not to be compared.
double least_similarity(const PassageChange& removed, const PassageChange& added) {
    if (removed.above == added.above || removed.below == added.below) {
        return k_alike_at_one_place;
    }
    const bool one_heading = !removed.headings.empty() && !added.headings.empty() &&
                             removed.headings.back() == added.headings.back();
    return one_heading ? k_alike_under_one_heading : 2.0;
}

// The range of `count` added clauses that are looked at for a removed one: where there are too
// many, those that stand about as far down.
struct IndexRange {
    std::size_t begin = 0;
    std::size_t end = 0;
};

IndexRange range_for(std::size_t removed, std::size_t removed_count, std::size_t count) {
    const std::size_t most = std::max<std::size_t>(1, k_most_pairs / removed_count);
    if (count <= most) {
        return {0, count};
    }
    const std::size_t middle = removed * count / removed_count;
    const std::size_t begin = std::min(middle - std::min(middle, most / 2), count - most);
    return {begin, begin + most};
}

// Words looked at, all pairs together; about a fifth of a second.
constexpr std::size_t k_most_steps = 60'000'000;

std::size_t shared(const std::vector<std::uint64_t>& one, const std::vector<std::uint64_t>& other) {
    std::size_t count = 0;
    auto left = one.begin();
    auto right = other.begin();
    while (left != one.end() && right != other.end()) {
        const bool equal = *left == *right;
        const bool left_behind = *left <= *right;
        const bool right_behind = *right <= *left;
        count += equal ? 1U : 0U;
        left += left_behind ? 1 : 0;
        right += right_behind ? 1 : 0;
    }
    return count;
}

}  // namespace

SnapshotComparison::SnapshotComparison(const Policy& policy, const std::vector<Passage>& passages)
    : m_policy(policy), m_passages(passages), m_wordings(passages),
      m_in_before(passages.size() + 1, 0), m_in_after(passages.size() + 1, 0),
      m_taken(passages.size() + 1, false) {}

bool SnapshotComparison::is_clause(const Step& step) const {
    return !step.is_heading && m_passages[step.number - 1].kind == PieceKind::clause;
}

bool SnapshotComparison::is_short(std::uint32_t passage) const {
    return m_passages[passage - 1].text.size() <= k_short_text;
}

void SnapshotComparison::mark(std::size_t snapshot, std::vector<std::size_t>& places) const {
    const std::vector<Step>& order = m_policy.snapshots[snapshot].order;
    for (std::size_t i = 0; i < order.size(); ++i) {
        if (is_clause(order[i]) && places[order[i].number] == 0) {
            places[order[i].number] = i + 1;
        }
    }
}

void SnapshotComparison::unmark(std::size_t snapshot, std::vector<std::size_t>& places) const {
    for (const Step& step : m_policy.snapshots[snapshot].order) {
        if (!step.is_heading) {
            places[step.number] = 0;
        }
    }
}

// `other` tells which clauses the other snapshot has.
std::vector<SnapshotComparison::Lone>
SnapshotComparison::lone_clauses(std::size_t snapshot, const std::vector<std::size_t>& other) {
    const std::vector<Step>& order = m_policy.snapshots[snapshot].order;
    std::vector<Lone> lone;
    std::vector<std::uint32_t> path;
    std::uint32_t above = 0;
    std::size_t open = 0;  // from here on `below` is not known
    for (std::size_t i = 0; i < order.size(); ++i) {
        const std::uint32_t number = order[i].number;
        if (order[i].is_heading) {
            enter_heading(m_policy, number, path);
        } else if (!is_clause(order[i])) {
            continue;
        } else if (other[number] != 0) {
            above = number;
            for (; open < lone.size(); ++open) {
                lone[open].change.below = number;
            }
        } else if (!m_taken[number]) {
            m_taken[number] = true;
            lone.push_back({{.headings = path, .above = above}, number, m_in_after[above], i});
        }
    }
    for (const Lone& clause : lone) {
        m_taken[clause.number] = false;
    }
    return lone;
}

std::vector<SnapshotComparison::Pair>
SnapshotComparison::likely_pairs(const std::vector<Lone>& removed, const std::vector<Lone>& added) {
    std::vector<Pair> pairs;
    for (std::size_t i = 0; i < removed.size(); ++i) {
        const IndexRange range = range_for(i, removed.size(), added.size());
        for (std::size_t j = range.begin; j < range.end; ++j) {
            double least = least_similarity(removed[i].change, added[j].change);
            if (least > 1) {
                continue;
            }
            if (is_short(removed[i].number) && is_short(added[j].number)) {
                least = std::min(least, k_alike_if_short);
            }
            const double alike = m_wordings.similarity(removed[i].number, added[j].number, least);
            if (alike >= least) {
                pairs.push_back({alike, i, j});
            }
        }
    }
    return pairs;
}

// The pairs most alike first; of equal ones those that stand first.
void SnapshotComparison::pair_up(std::vector<Lone>& removed, std::vector<Lone>& added) {
    std::vector<Pair> pairs = likely_pairs(removed, added);
    std::ranges::sort(pairs, [](const Pair& one, const Pair& other) {
        return std::tuple(-one.similarity, one.removed, one.added) <
               std::tuple(-other.similarity, other.removed, other.added);
    });
    for (const Pair& pair : pairs) {
        Lone& gone = removed[pair.removed];
        Lone& come = added[pair.added];
        if (!gone.paired && !come.paired) {
            gone.paired = true;
            come.paired = true;
            come.change.before = gone.number;
            come.change.similarity = pair.similarity;
        }
    }
}

std::vector<PassageChange> SnapshotComparison::compare(std::size_t before, std::size_t after) {
    mark(before, m_in_before);
    mark(after, m_in_after);
    std::vector<Lone> removed = lone_clauses(before, m_in_after);
    std::vector<Lone> added = lone_clauses(after, m_in_before);
    unmark(before, m_in_before);
    unmark(after, m_in_after);
    if (!removed.empty() && !added.empty()) {
        pair_up(removed, added);
    }
    std::vector<Lone> all;
    for (Lone& clause : removed) {
        if (!clause.paired) {
            clause.change.before = clause.number;
            all.push_back(std::move(clause));
        }
    }
    for (Lone& clause : added) {
        clause.change.after = clause.number;
        all.push_back(std::move(clause));
    }
    std::ranges::sort(all, [](const Lone& one, const Lone& other) {
        return std::tuple(one.place, one.change.after != 0, one.step) <
               std::tuple(other.place, other.change.after != 0, other.step);
    });
    std::vector<PassageChange> changes;
    changes.reserve(all.size());
    std::ranges::transform(all, std::back_inserter(changes),
                           [](Lone& clause) { return std::move(clause.change); });
    return changes;
}

Wordings::Wordings(const std::vector<Passage>& passages) : m_passages(passages) {}

const Wordings::Words& Wordings::sorted_words(std::uint32_t passage) {
    const auto [at, is_new] = m_words.try_emplace(passage);
    if (is_new) {
        for (const text::Token& token : m_tokenizer.tokenize(m_passages[passage - 1].text)) {
            if (token.width == 1) {  // the joined forms of a compound would count it twice
                at->second.push_back(hash64(token.word));
            }
        }
        std::ranges::sort(at->second);
        m_steps += at->second.size();
    }
    return at->second;
}

double Wordings::similarity(std::uint32_t one, std::uint32_t other, double least) {
    const Words& left = sorted_words(one);
    const Words& right = sorted_words(other);
    const std::size_t both = left.size() + right.size();
    const std::size_t most = 2 * std::min(left.size(), right.size());
    if (both == 0 || static_cast<double>(most) < least * static_cast<double>(both)) {
        return 0;
    }
    const std::uint64_t key = (std::uint64_t{std::min(one, other)} << 32U) | std::max(one, other);
    const auto [at, is_new] = m_known.try_emplace(key, 0.0);
    if (!is_new) {
        return at->second;
    }
    m_steps += both;
    if (m_steps > k_most_steps) {
        m_limit_reached = true;
        m_known.erase(at);
        return 0;
    }
    at->second = 2 * static_cast<double>(shared(left, right)) / static_cast<double>(both);
    return at->second;
}

}  // namespace smallprint::over_time

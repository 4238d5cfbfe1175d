// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/model/policy.h"
#include "common/text/tokenizer.h"

#include <cstddef>
#include <cstdint>
#include <unordered_map>
#include <vector>

namespace smallprint::over_time {

// How alike the texts of a policy's passages are. Policies flap between two forms for years, so
// what was compared once is remembered; and since an archive may hold anything, the work is
// limited.
class Wordings {
public:
    // `passages` must outlive this; passages[i].number is i + 1.
    explicit Wordings(const std::vector<Passage>& passages);

    // The share of words that two passages have in common, 0 to 1; order and case do not count.
    // Exact only above `least`. 0 once the limit is reached.
    double similarity(std::uint32_t one, std::uint32_t other, double least);

    bool limit_reached() const { return m_limit_reached; }

private:
    using Words = std::vector<std::uint64_t>;  // hashes, sorted

    const Words& sorted_words(std::uint32_t passage);

    const std::vector<Passage>& m_passages;
    text::Tokenizer m_tokenizer;
    std::unordered_map<std::uint32_t, Words> m_words;
    std::unordered_map<std::uint64_t, double> m_known;  // by both numbers, the smaller one high
    std::size_t m_steps = 0;
    bool m_limit_reached = false;
};

// A clause that stands in one of two snapshots only, or two that are wordings of one clause.
// Passages are named by their numbers, 0 for none.
struct PassageChange {
    std::uint32_t before = 0;
    std::uint32_t after = 0;
    double similarity = 0;                // if both are there
    std::vector<std::uint32_t> headings;  // heading numbers it stands under, outermost first
    std::uint32_t above = 0;              // the clauses of both snapshots that stand next to it
    std::uint32_t below = 0;
};

// Compares snapshots of a policy, one pair after the other. Clauses only; one that stands in both
// is no change, wherever it stands and however often. Time is linear in the snapshots' sizes, but
// for clauses that have to be compared with each other, of which there is a limit.
class SnapshotComparison {
public:
    // Both must outlive this; passages[i].number is i + 1.
    SnapshotComparison(const Policy& policy, const std::vector<Passage>& passages);

    // In the order of the text, what went before what came in its place. `before` and `after` are
    // snapshot numbers.
    std::vector<PassageChange> compare(std::size_t before, std::size_t after);

    // True if the comparison was cut short; clauses of the pairs it skipped are reported as removed
    // and added.
    bool limit_reached() const { return m_wordings.limit_reached(); }

private:
    // A clause that stands in one of the two snapshots only.
    struct Lone {
        PassageChange change;
        std::uint32_t number = 0;
        std::size_t place = 0;  // place of the clause above it in the newer snapshot
        std::size_t step = 0;   // its own, in its snapshot
        bool paired = false;
    };

    struct Pair {
        double similarity = 0;
        std::size_t removed = 0;
        std::size_t added = 0;
    };

    bool is_clause(const Step& step) const;
    bool is_short(std::uint32_t passage) const;
    void mark(std::size_t snapshot, std::vector<std::size_t>& places) const;
    void unmark(std::size_t snapshot, std::vector<std::size_t>& places) const;
    std::vector<Lone> lone_clauses(std::size_t snapshot, const std::vector<std::size_t>& other);
    std::vector<Pair> likely_pairs(const std::vector<Lone>& removed,
                                   const std::vector<Lone>& added);
    void pair_up(std::vector<Lone>& removed, std::vector<Lone>& added);

    const Policy& m_policy;
    const std::vector<Passage>& m_passages;
    Wordings m_wordings;
    std::vector<std::size_t> m_in_before;  // by passage: 1 + its first step there, 0 for absent
    std::vector<std::size_t> m_in_after;
    std::vector<bool> m_taken;  // by passage, while a snapshot is walked through
};

}  // namespace smallprint::over_time

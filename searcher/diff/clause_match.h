// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "searcher/diff/outline.h"
#include "searcher/diff/section_match.h"
#include "searcher/diff/word_bags.h"

#include <cstddef>
#include <optional>
#include <vector>

namespace smallprint::diff {

// Pairs the clauses of two snapshots, by their places in the outlines: a clause has the same text,
// or in the same section a similar one, or elsewhere nearly the same.
struct ClauseMatches {
    std::vector<std::optional<std::size_t>> of_before;
    std::vector<std::optional<std::size_t>> of_after;
};

ClauseMatches match_clauses(const Outline& before, const Outline& after,
                            const SectionMatches& sections, WordBags& bags);

}  // namespace smallprint::diff

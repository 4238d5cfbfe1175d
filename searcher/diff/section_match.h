// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "searcher/diff/outline.h"
#include "searcher/diff/word_bags.h"

#include <cstddef>
#include <optional>
#include <vector>

namespace smallprint::diff {

// Pairs the sections of two snapshots.

struct SectionMatch {
    std::size_t partner = 0;
    bool renamed = false;  // another heading, not only another number
    bool moved = false;    // stands elsewhere, other than because the section around it does
    bool in_place = true;  // neither itself nor with another section moved
};

struct SectionMatches {
    std::vector<std::optional<SectionMatch>> of_before;  // by section of the older snapshot
    std::vector<std::optional<SectionMatch>> of_after;
};

// By heading path; else by an equal or similar heading, where the texts have something in common;
// else by text alone. What then stands
// elsewhere has moved if its text is nearly the same, and is another section if not.
SectionMatches match_sections(const Outline& before, const Outline& after, WordBags& bags);

}  // namespace smallprint::diff

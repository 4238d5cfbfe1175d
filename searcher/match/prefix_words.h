// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "searcher/postings/postings.h"
#include "searcher/query/ast.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace smallprint::match {

// More stems than this are not asked for at once; those of most clauses are.
inline constexpr std::size_t k_most_expansions = 1000;

struct PrefixWords {
    std::vector<std::string> stems;  // sorted
    std::size_t all = 0;             // how many there would be
};

// The stems that words of the scope may have which begin with `prefix`. A stem can be shorter than
// the prefix ("sell" for selling*) or end otherwise ("polici" for policy*), so some are stems of
// other words only. Xapian's exceptions pass through.
PrefixWords stems_of_prefix(std::string_view prefix, query::Scope scope,
                            const postings::Postings& postings);

// True if a word may have both this stem and this beginning, and where that is not sure.
bool may_begin_with(std::string_view stem, std::string_view prefix);

// The start that every word with this stem has; empty if it may be written otherwise.
std::string common_start(std::string_view stem);

}  // namespace smallprint::match

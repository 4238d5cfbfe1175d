// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>

namespace smallprint::search::ranking {

// Everything that is a matter of taste in how results are ranked and widened, in one place.

// BM25 (Robertson and Zaragoza 2009). Clauses are short and of like length, so their length counts
// little.
inline constexpr double k_k1 = 1.2;
inline constexpr double k_b = 0.4;
inline constexpr double k_least_length = 0.5;

// A word in a heading above the clause counts less than one in its text.
inline constexpr double k_heading_weight = 0.6;

// Equivalents count less than the user's own words.
inline constexpr double k_synonym_weight = 0.55;

// Related words raise the rank, and less so.
inline constexpr double k_related_weight = 0.5;

// "data", "website", "company": nearly every clause has them.
inline constexpr double k_generic_weight = 0.25;

// Words of the thesaurus that are looked for in one query, at most.
inline constexpr std::size_t k_most_other_words = 160;

// Fewer results than this, and plain words are widened.
inline constexpr std::uint64_t k_page = 10;

}  // namespace smallprint::search::ranking

// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>

namespace smallprint::query {

// Limits of a query, checked before any work is done for it. The cost without each was measured:
// wildcards and thousands of words take seconds to minutes.

inline constexpr std::size_t k_longest_query = 1024;        // bytes
inline constexpr std::size_t k_longest_plain_query = 4096;  // the same with --plain
inline constexpr std::size_t k_most_terms = 32;             // words, phrases and field values
inline constexpr std::size_t k_most_plain_words = 64;       // words with --plain
inline constexpr std::size_t k_most_wildcards = 3;
inline constexpr std::size_t k_shortest_prefix = 3;  // characters before a *
inline constexpr std::size_t k_longest_phrase = 32;  // words
inline constexpr std::size_t k_deepest_nesting = 16;
inline constexpr std::uint32_t k_farthest =
    100;  // words apart, of w/n and pre/n; neighbours are 1 apart

}  // namespace smallprint::query

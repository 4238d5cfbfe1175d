// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace smallprint::diff {

// Two sequences laid side by side.

// Items that belong together, by their places in the two sequences.
struct AlignedPair {
    std::size_t before = 0;
    std::size_t after = 0;
    std::size_t weight = 1;  // how much it would cost to say that it moved

    friend bool operator==(const AlignedPair&, const AlignedPair&) = default;
};

// The heaviest choice of matches that is in order in both sequences; what is left out has moved.
// No place may occur in two matches. In order of `before`.
std::vector<AlignedPair> keep_in_order(std::vector<AlignedPair> matches);

// A difference: half-open ranges of the two sequences, either may be empty.
struct Difference {
    std::size_t before_begin = 0;
    std::size_t before_end = 0;
    std::size_t after_begin = 0;
    std::size_t after_end = 0;

    friend bool operator==(const Difference&, const Difference&) = default;
};

// The differences, in order; everything between them is equal, item by item. As short as
// can be for sequences of up to about a thousand items; longer ones that differ much are first cut
// at the items that occur once in each, so that the time stays near linear.
std::vector<Difference> find_differences(const std::vector<std::uint32_t>& before,
                                         const std::vector<std::uint32_t>& after);

}  // namespace smallprint::diff

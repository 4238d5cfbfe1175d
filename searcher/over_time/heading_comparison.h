// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/model/policy.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace smallprint::over_time {

// A heading or title that stands in one of two snapshots only, or two of which the one took the
// other's place. Headings are named by their numbers.
struct HeadingDifference {
    std::optional<std::uint32_t> before;
    std::optional<std::uint32_t> after;
    std::vector<std::uint32_t> path;  // of the headings above it, outermost first

    friend bool operator==(const HeadingDifference&, const HeadingDifference&) = default;
};

// Compares the headings of two snapshots, in the order of the newer one; what only the older one
// has comes last. Those whose words a clause tells are left out, and so are moves and changes of
// level. Two are one renamed if they stand above the same clause, or both are titles. Linear in the
// sizes.
std::vector<HeadingDifference> compare_headings(const Policy& policy,
                                                const std::vector<Passage>& passages,
                                                std::size_t before, std::size_t after);

}  // namespace smallprint::over_time

// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/model/listing.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace smallprint {

// How many items are left out for one reason; the reason is what is common to them.
struct SkipReason {
    SkipKind kind = SkipKind::unreadable;
    std::string reason;
    std::uint64_t count = 0;

    friend bool operator==(const SkipReason&, const SkipReason&) = default;
};

// What a reader has to know first has the lowest rank: faults, then policies that are not read.
int rank_of(SkipKind kind, std::string_view reason);

// Equal reasons become one; by rank, then the most frequent first.
std::vector<SkipReason> sum_reasons(std::vector<SkipReason> reasons);

// The reasons of items, without what is told of single ones.
std::vector<SkipReason> count_by_reason(std::span<const Skipped> items);

}  // namespace smallprint

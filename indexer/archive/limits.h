// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>

namespace smallprint {

// What one item of an archive may cost at most. Beyond it the item is skipped and counted.

inline constexpr std::uint64_t k_largest_text = std::uint64_t{16} << 20U;  // bytes of one snapshot
inline constexpr std::size_t k_opening = std::size_t{64} << 10U;  // bytes read to find a vendor
inline constexpr int k_deepest_folder = 64;                       // of folders in a git repository

}  // namespace smallprint

// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>

namespace smallprint::archive {

// One item of an archive may cost so much. Beyond it the item is skipped and counted.

inline constexpr std::uint64_t k_largest_text = std::uint64_t{16} << 20U;  // bytes of one snapshot
inline constexpr std::size_t k_opening = std::size_t{64} << 10U;  // bytes read to find a vendor
inline constexpr std::uint64_t k_largest_unpacked = std::uint64_t{64} << 30U;  // on disk, a file
// Compressed data may unpack to so many times its size, once it is over a floor: pages reach 20,
// bombs begin at 1,000. A file that holds a whole archive has a higher floor than a record of one.
inline constexpr std::uint64_t k_largest_ratio = 200;
inline constexpr std::uint64_t k_ratio_floor = std::uint64_t{1} << 20U;           // bytes
inline constexpr std::uint64_t k_archive_ratio_floor = std::uint64_t{64} << 20U;  // bytes
inline constexpr std::size_t k_most_members = 20'000'000;  // of a tar or zip file
inline constexpr int k_deepest_nesting = 3;                // of such files in such files
inline constexpr int k_deepest_folder = 64;                // of folders in a git repository
// These hold for a git history as a whole: a few small trees that hold each other stand for any
// number of paths.
inline constexpr std::size_t k_most_versions = 2'000'000;
inline constexpr std::size_t k_most_folders = 10'000'000;  // compared, over all commits

}  // namespace smallprint::archive

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

// These hold for a git history as a whole, where a few small folders that hold each other, or one
// text under many names, stand for any number of paths: a floor, and so much more for each byte of
// its objects on disk. Real histories need less than a tenth.
struct GrowingLimit {
    std::uint64_t floor;
    std::uint64_t per_byte;

    constexpr std::uint64_t of(std::uint64_t bytes) const { return floor + per_byte * bytes; }
};

inline constexpr GrowingLimit k_most_compared = {1'000'000, 64};  // entries of folders
inline constexpr GrowingLimit k_most_noted = {1U << 20U, 32};  // bytes of paths, over all versions
inline constexpr GrowingLimit k_most_text = {64U << 20U, 2000};  // bytes of text of all snapshots
inline constexpr std::size_t k_longest_commit = std::size_t{64}
                                                << 10U;  // bytes read of its message

}  // namespace smallprint::archive

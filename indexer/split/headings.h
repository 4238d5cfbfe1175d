// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "indexer/split/block.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace smallprint::split {

enum class HeadingRole : std::uint8_t {
    none,
    title,      // the whole block, naming the document
    heading,    // the whole block
    run_in,     // its start, up to `run_in_end`, which is part of its sentence as well
    statement,  // the whole block; nothing stands under it, so that it is a clause as well
};

struct HeadingMark {
    HeadingRole role = HeadingRole::none;
    std::uint8_t level = 0;
    std::uint32_t run_in_end = 0;  // offset into the block's text
};

// Finds the headings among the blocks of a page. `boilerplate` has a flag for every block.
std::vector<HeadingMark> find_headings(std::span<const Block* const> blocks,
                                       const std::vector<bool>& boilerplate);

}  // namespace smallprint::split

// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/model/section.h"
#include "indexer/split/block.h"
#include "indexer/split/headings.h"

#include <cstdint>
#include <span>
#include <vector>

namespace smallprint::split {

// A block where it stands in a source.
struct PlacedBlock {
    const Block* block = nullptr;
    std::uint32_t begin = 0;  // byte offsets into the source
    std::uint32_t end = 0;
};

// Puts blocks together to pieces: a paragraph is a clause, a short list goes with its lead-in, the
// items of a long list are clauses that point to theirs, tables likewise with their header; what
// is over-long is cut, what is only a few words joins its neighbour in the same section.
std::vector<Piece> assemble_pieces(std::span<const PlacedBlock> blocks,
                                   const std::vector<bool>& boilerplate,
                                   const std::vector<HeadingMark>& headings);

}  // namespace smallprint::split

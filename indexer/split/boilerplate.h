// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "indexer/split/block.h"

#include <span>
#include <vector>

namespace smallprint::split {

// Finds the blocks of a page that are navigation, table of contents or footer: short stretches of
// links before the first or after the last block of running text, tables of contents, and closing
// copyright lines. One flag a block. In doubt a block is text.
std::vector<bool> find_boilerplate(std::span<const Block* const> blocks);

}  // namespace smallprint::split

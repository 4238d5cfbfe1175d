// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace smallprint::text {

// How many bytes have to be inserted, deleted, replaced, or swapped with their neighbour, to make
// one word of the other (optimal string alignment). For words: time and room are the product of the
// sizes.
std::size_t edit_distance(std::string_view a, std::string_view b);

// The candidate that `word` is most likely a slip of, or nothing.
std::string nearest(std::string_view word, const std::vector<std::string>& candidates);

}  // namespace smallprint::text

// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>
#include <string_view>

namespace smallprint {

// How many bytes have to be inserted, deleted, replaced, or swapped with their neighbour, to make
// one word of the other (optimal string alignment). For words: time and room are the product of the
// sizes.
std::size_t edit_distance(std::string_view a, std::string_view b);

}  // namespace smallprint

// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace smallprint::text {

// The end offset (exclusive, in bytes, trailing white space included) of every sentence of `text`,
// in order; the last is text.size(). Rule-based: knows the abbreviations, initials, decimal
// numbers and list numbers that policies are full of, and the full-width stops of Chinese and
// Japanese. A line break in the text also ends a sentence; a blank line is no sentence of its own.
// Empty text has no sentences. `text` must be below 4 GiB and may be any bytes.
std::vector<std::uint32_t> sentence_ends(std::string_view text);

}  // namespace smallprint::text

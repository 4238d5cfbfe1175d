// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace smallprint {

// Numbers as strokes of text, and what lines of tables are put together from.

std::string repeated(std::string_view stroke, std::size_t times);

// Filled up with blanks to so many columns.
std::string padded(std::string text, std::size_t width);

// One of ▁▂▃▄▅▆▇█ for a part of the whole from 0 to 1, a blank for nothing.
std::string upright_bar(double part);

// A bar of up to `width` columns, as fine as an eighth of one; whatever is not nothing is seen.
std::string level_bar(double part, std::size_t width);

}  // namespace smallprint

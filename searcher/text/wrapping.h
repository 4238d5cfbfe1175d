// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "searcher/text/styled_text.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace smallprint {

// How a paragraph stands on the page. Gutters are set before its lines, inside the width.
struct Box {
    StyledText first_gutter = {};
    StyledText gutter = {};
    std::size_t most_lines = SIZE_MAX;  // what is longer ends in "…"
};

// Breaks at blanks and beside wide characters, and inside words that are longer than a line. A
// newline in the text begins a line; the further lines of a list item are indented. The text comes
// out safe for terminals, since what is unsafe is wider once it is made safe.
std::vector<StyledText> wrapped(const StyledText& text, std::size_t width, const Box& box = {});

}  // namespace smallprint

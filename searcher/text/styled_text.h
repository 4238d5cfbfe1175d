// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace smallprint {

// Text for people to read, before it is known whether there are colours. Whatever an archive holds
// may be put in; a Page lets nothing out that controls a terminal.

enum class Style : std::uint8_t {
    plain,
    strong,    // names
    heading,   // of a policy
    dim,       // beside the point
    match,     // what was searched for
    mark,      // the bar beside the text asked for
    added,     // what a later text has and an earlier one has not,
    removed,   // and the reverse
    inserted,  // the same of words inside of a text
    struck,
};

struct Span {
    Style style = Style::plain;
    std::string text;

    friend bool operator==(const Span&, const Span&) = default;
};

using StyledText = std::vector<Span>;

// Adds to the end, joining spans of one style.
void append(StyledText& line, Style style, std::string_view text);
void append(StyledText& line, const StyledText& more);

// What a line may hold of a text: safe for terminals, newlines and tabs as blanks.
std::string safe_in_line(std::string_view text);

// In terminal columns, as a line of a page.
std::size_t width_of(const StyledText& text);

// The first `width` columns of a text, made safe; what is longer ends in "…".
std::string shortened(std::string_view text, std::size_t width);

// Ends a line in " …", inside the width and after a whole word.
void end_in_ellipsis(StyledText& line, std::size_t width);

}  // namespace smallprint

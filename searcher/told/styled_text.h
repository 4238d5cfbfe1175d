// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/model/text_span.h"
#include "searcher/diff/word_diff.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace smallprint::told {

// Text with the roles of its parts, for people to read. A form gives each role its look: colours on
// a terminal, elements on a page. Whatever an archive holds may be put in; each form makes it
// harmless.

enum class Style : std::uint8_t {
    plain,
    strong,    // names
    heading,   // of a policy
    dim,       // beside the point
    match,     // what was searched for
    mark,      // the bar beside the text asked for, and notes on it
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

// A text with what was searched for in its own style. `spans` are in order.
StyledText highlighted(std::string_view text, const std::vector<TextSpan>& spans);

// Two wordings as one text, with the words that went struck and those that came inserted. `changes`
// are of diff_words(); a span stands for each.
StyledText reworded(std::string_view before, std::string_view after,
                    const std::vector<diff::WordChange>& changes);

}  // namespace smallprint::told

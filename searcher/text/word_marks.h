// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "searcher/diff/word_diff.h"
#include "searcher/text/page.h"
#include "searcher/text/styled_text.h"

#include <string_view>
#include <vector>

namespace smallprint {

// Two wordings of a text as one: the words that went and those that came are marked by colours, or
// without these by [-removed-] and {+added+}. `changes` are of diff_words().
StyledText marked_words(std::string_view before, std::string_view after,
                        const std::vector<WordChange>& changes, Colour colour);

}  // namespace smallprint

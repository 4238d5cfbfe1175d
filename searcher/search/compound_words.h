// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/text/stemmer.h"

#include <string>
#include <string_view>

namespace smallprint {

// Compounds that are written with a hyphen, as two words and as one. The index knows that "opt-out"
// may be "optout"; that "optout" may be "opt out" it cannot know.

// "opt-out" for "optout", in any of its forms; empty for what is no such word.
std::string parted_compound(std::string_view word, Stemmer& stemmer);

// Whether two words that follow one another are often written as one.
bool makes_compound(std::string_view first, std::string_view second, Stemmer& stemmer);

}  // namespace smallprint

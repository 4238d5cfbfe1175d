// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "searcher/match/pattern.h"

#include <string>
#include <string_view>

namespace smallprint::match {

// Turns most candidates of a phrase down at a glance, twenty times faster than reading their words:
// looks for two neighbouring words of the pattern, or its only one, by the letters their stems
// leave untouched. May let a text through that does not match, never the other way round.
class Prefilter {
public:
    explicit Prefilter(const Pattern& pattern);

    // Not for several threads.
    bool may_match(std::string_view text);

private:
    bool second_follows(std::size_t at) const;

    std::string m_first;   // starts of two neighbouring words, or of a lone one; empty if the
    std::string m_second;  // pattern does not lend itself to this
    std::string m_lower;   // the text at hand
};

}  // namespace smallprint::match

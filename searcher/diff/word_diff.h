// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/enum_names.h"
#include "common/model/text_span.h"

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

namespace smallprint::diff {

// A piece of two wordings of a clause. Put together, the `before` spans are the old wording and
// the `after` spans the new one.
struct WordChange {
    enum class Kind : std::uint8_t {
        same,     // in both, byte by byte
        removed,  // `after` is empty: the place where it would stand
        added,    // `before` is empty, likewise
    };

    Kind kind = Kind::same;
    TextSpan before;
    TextSpan after;

    friend bool operator==(const WordChange&, const WordChange&) = default;
};

constexpr auto enum_names(WordChange::Kind /*value*/) {
    using enum WordChange::Kind;
    return std::array{EnumName{same, "same"}, EnumName{removed, "removed"},
                      EnumName{added, "added"}};
}

// Compares the words of two texts for people to read: whole words with the blanks behind them,
// removed words before those added in their place, and no lone "the" kept between two changes. The
// effort is bounded: very long texts that differ much are partly compared by the words that occur
// once in each.
std::vector<WordChange> diff_words(std::string_view before, std::string_view after);

// How much of the longer text is kept, 0 to 1.
double kept_share(const std::vector<WordChange>& changes);

}  // namespace smallprint::diff

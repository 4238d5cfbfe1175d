// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/told/query_help.h"

#include <array>
#include <span>

namespace smallprint {
namespace {

constexpr std::array k_first = {
    FirstQuery{"sell personal data", "who does, who says they never will"},
    FirstQuery{"\"do not sell\"", "an exact phrase, and when it came"},
    FirstQuery{"do they share my location?", "a question works as well"},
    FirstQuery{"sell w/5 (\"personal data\" OR information)", "words near each other"},
    FirstQuery{"change:removed date:{} data", "what was struck in the last years", true},
    FirstQuery{"heading:retention delete", "under certain headings"},
};

}  // namespace

std::span<const FirstQuery> first_queries() {
    return k_first;
}

}  // namespace smallprint

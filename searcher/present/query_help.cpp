// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/present/query_help.h"

#include <array>
#include <span>

namespace smallprint {
namespace {

constexpr std::array k_help = {
    QueryHelpRow{"sell personal data", "all the words, in any form: sell, sells, selling"},
    QueryHelpRow{"\"safe harbor\"", "these words, one after the other"},
    QueryHelpRow{"opt-out", "opt-out, opt out or optout"},
};

constexpr std::array k_first = {
    QueryHelpRow{"sell personal data", "who does, who says they never will"},
    QueryHelpRow{"\"safe harbor\"", "an exact phrase, and when it went away"},
    QueryHelpRow{"do they share my location?", "a question works as well"},
    QueryHelpRow{"opt-out cookies", "in any spelling: opt out, optout"},
};

}  // namespace

std::span<const QueryHelpRow> query_help() {
    return k_help;
}

std::span<const QueryHelpRow> first_queries() {
    return k_first;
}

}  // namespace smallprint

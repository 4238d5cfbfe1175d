// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "searcher/html/search_state.h"
#include "searcher/search/results.h"

#include <string>
#include <string_view>

namespace smallprint {

// The results of a search as an Atom feed (RFC 4287): an entry for each clause, dated by when it
// was first seen. `base` is where this server is reached, "http://host"; `updated` stands for the
// feed where no clause has a date.
struct FeedPage {
    const SearchState& state;
    const SearchResults& results;
    std::string_view base;
    std::string_view updated;  // "2026-11-24T11:15:58Z"
};

std::string atom_feed(const FeedPage& page);

}  // namespace smallprint

// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace smallprint {

// The state of the search page, all of which stands in its address: what the user wrote, unread.
struct SearchState {
    std::string q;
    std::vector<std::string> vendors;
    std::vector<std::string> types;
    std::vector<std::string> hosts;
    std::vector<std::string> languages;
    std::string heading;
    std::string from;  // dates as written
    std::string to;
    std::string as_of;
    std::string changed;     // "added", "removed" or empty
    std::string per_vendor;  // a number, or empty for as many as there are
    std::string sort;        // "newest", "oldest" or empty for relevance
    bool all_copies = false;
    bool no_synonyms = false;
    bool plain = false;  // no operators: the words as they stand
    std::size_t page = 1;
    std::string cursor;  // of a page behind the first: tells whether the index is still the same

    // Whether anything narrows the search besides the query.
    bool is_filtered() const;
};

inline constexpr std::size_t k_results_a_page = 20;

std::string search_url(const SearchState& state);
std::string feed_url(const SearchState& state);  // of the same search, the newest first

}  // namespace smallprint

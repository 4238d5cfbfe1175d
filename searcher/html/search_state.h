// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "searcher/html/page_url.h"
#include "searcher/request/filters.h"

#include <array>
#include <cstddef>
#include <string>
#include <vector>

namespace smallprint::html {

// The filters of a page as they stand in its address: what the user wrote, unread.
class FilterTexts {
public:
    std::vector<std::string>& operator[](request::Filter filter) {
        return m_texts[static_cast<std::size_t>(filter)];
    }

    const std::vector<std::string>& operator[](request::Filter filter) const {
        return m_texts[static_cast<std::size_t>(filter)];
    }

    // Empty where the filter is not given.
    std::string first(request::Filter filter) const;

    std::size_t count() const;

    bool is_empty() const { return count() == 0; }

private:
    std::array<std::vector<std::string>, request::k_filters.size()> m_texts;
};

// The state of the search page, all of which stands in its address.
struct SearchState {
    std::string q;
    FilterTexts filters;
    std::string per_vendor;  // a number, or empty for as many as there are
    std::string sort;        // "newest", "oldest" or empty for relevance
    bool all_copies = false;
    bool no_synonyms = false;
    bool plain = false;  // no operators: the words as they stand
    std::size_t page = 1;
    std::string cursor;  // of a page behind the first: tells whether the index is still the same
};

inline constexpr std::size_t k_results_a_page = 20;

PageUrl& add_filters(PageUrl& url, const FilterTexts& filters);

std::string search_url(const SearchState& state);
std::string feed_url(const SearchState& state);  // of the same search, the newest first

}  // namespace smallprint::html

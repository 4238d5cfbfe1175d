// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/error.h"
#include "searcher/html/page_template.h"
#include "searcher/html/search_state.h"
#include "searcher/html/site.h"
#include "searcher/request/filters.h"
#include "searcher/search/results.h"

#include <span>
#include <string>
#include <string_view>

namespace smallprint::html {

// The search page: results, an error of the query, or, with neither, the first visit.
struct SearchPage {
    const SearchState& state;
    const search::SearchResults* results = nullptr;
    const Error* error = nullptr;
};

std::string search_page(const SearchPage& page, const Site& site);

// The results of a search as an Atom feed (RFC 4287): an entry for each clause, dated by when it
// was first seen. `base` is where this server is reached, "http://host"; `updated` stands for the
// feed where no clause has a date.
struct FeedPage {
    const SearchState& state;
    const search::SearchResults& results;
    std::string_view base;
    std::string_view updated;  // "2026-11-24T11:15:58Z"
};

std::string atom_feed(const FeedPage& page);

// Parts of the search page.
void add_hits(View& view, const SearchPage& page, const Site& site);
void add_filters(View& view, const SearchState& state, const ArchiveFacts& archive);
void add_facets(View& view, const SearchPage& page);

// The values of filters that have no field in a form and go with it unseen. A field has room for
// the first.
View unseen_filters(const FilterTexts& filters, std::span<const request::Filter> in_form);

void add_chips(View& view, const SearchState& state);
void add_empty_answer(View& view, const SearchPage& page);

// "1. Information › Cookies" with a <bdi> around each heading.
std::string heading_path_html(const std::vector<std::string>& path);

}  // namespace smallprint::html

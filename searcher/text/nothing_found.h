// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "searcher/request/requests.h"
#include "searcher/search/results.h"
#include "searcher/text/page.h"
#include "searcher/text/styled_text.h"

#include <string>

namespace smallprint {

// " at brightloaf.example, from 2014-03-02 to 2016-12-31, under headings with cookies"; empty where
// nothing is narrowed.
std::string filters_in_words(const Filters& filters);

// "Did you mean: ...", where there is something to suggest.
void add_suggestion(Page& page, const SearchResults& results);

// An empty answer says why: how often each word occurs, and what to try.
void add_nothing_found(Page& page, const SearchResults& results, const SearchRequest& request);

}  // namespace smallprint

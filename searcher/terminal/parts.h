// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "searcher/diff/word_diff.h"
#include "searcher/request/requests.h"
#include "searcher/search/results.h"
#include "searcher/terminal/page.h"

#include <string>
#include <string_view>
#include <vector>

namespace smallprint::terminal {

// Adds how a query was read and answered.
void add_explanation(Page& page, const search::Explanation& explanation,
                     const search::SearchResults& results);

// Adds a line for each facet, with the number of clauses for each of its values.
void add_facets(Page& page, const search::Facets& facets);

// Adds how much was found for what, and behind it `more`.
void add_total(Page& page, const search::SearchResults& results,
               const request::SearchRequest& request, const told::StyledText& more = {});

// Adds a suggestion, and what a user should know of how the query was read.
void add_notes(Page& page, const search::SearchResults& results);

// Adds why nothing was found: how often each word occurs, and what to try.
void add_nothing_found(Page& page, const search::SearchResults& results,
                       const request::SearchRequest& request);

// Two wordings of a text as one: the words that went and those that came are marked by colours, or
// without these by [-removed-] and {+added+}. `changes` are of diff_words().
told::StyledText marked_words(std::string_view before, std::string_view after,
                              const std::vector<diff::WordChange>& changes, Colour colour);

}  // namespace smallprint::terminal

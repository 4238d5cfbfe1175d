// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "searcher/search/results.h"
#include "searcher/text/page.h"

namespace smallprint {

// How a query was read and answered, for people.
void add_explanation(Page& page, const Explanation& explanation, const SearchResults& results);

}  // namespace smallprint

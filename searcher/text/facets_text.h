// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "searcher/search/results.h"
#include "searcher/text/page.h"

namespace smallprint {

// What the clauses that were found have in common: a line for each facet.
void add_facets(Page& page, const Facets& facets);

}  // namespace smallprint

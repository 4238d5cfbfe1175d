// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/result.h"
#include "searcher/engine/copy_groups.h"
#include "searcher/engine/engine.h"
#include "searcher/engine/facets.h"
#include "searcher/engine/index.h"
#include "searcher/engine/results.h"
#include "searcher/engine/synonyms.h"

namespace smallprint {

// What searches of one index share. All must outlive the search.
struct SearchTools {
    const SynonymIndex& synonyms;
    const CopyGroups& copies;
    FacetTables* facets = nullptr;  // none: nothing is counted
};

// Ranked clauses for a query. Xapian proposes candidates by the words they have; what it cannot
// tell (word order, exact dates, copies) is decided here on what is stored.
Result<SearchResults> run_search(const SearchRequest& request, const SearchTools& tools,
                                 Index& index);

}  // namespace smallprint

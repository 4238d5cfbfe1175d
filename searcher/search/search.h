// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/result.h"
#include "searcher/index/index.h"
#include "searcher/request/requests.h"
#include "searcher/search/copy_groups.h"
#include "searcher/search/facets.h"
#include "searcher/search/results.h"
#include "searcher/search/synonyms.h"

namespace smallprint::search {

// The tables that searches of one index share. All must outlive the search.
struct SearchTools {
    const SynonymIndex& synonyms;
    const CopyGroups& copies;
    FacetTables* facets = nullptr;  // none: nothing is counted
};

// Ranked clauses for a query. The postings propose candidates by the words they have; what they
// cannot tell (word order, exact dates, copies) is decided here on what is stored.
Result<SearchResults> run_search(const request::SearchRequest& request, const SearchTools& tools,
                                 index::Index& index);

}  // namespace smallprint::search

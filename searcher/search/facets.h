// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/result.h"
#include "common/index_format/directory.h"
#include "searcher/index/index.h"
#include "searcher/index/policy_values.h"
#include "searcher/request/requests.h"
#include "searcher/search/plan.h"
#include "searcher/search/results.h"

#include <cstddef>
#include <cstdint>
#include <unordered_map>
#include <vector>

namespace smallprint::search {

inline constexpr std::size_t k_facet_values = 20;  // shown of each facet
// Clauses whose records are read for the gaps between their runs; beyond, a gap counts as if the
// clause had stood.
inline constexpr std::size_t k_most_runs_read = 2000;

// Tables that every count of facets needs. Built when first asked for.
class FacetTables {
public:
    static Result<FacetTables> build(const index::Index& index);

    index::PolicyValues vendors;
    index::PolicyValues types;
    index::PolicyValues hosts;
    index::PolicyValues languages;
    // Years of clauses that had to be read for them.
    std::unordered_map<index_format::DocumentId, std::vector<std::uint16_t>> years;
};

// Counts the clauses that match the plan of a request by vendor, type, host, language and year. A
// count is the total that a search with this value as one more filter would give, if it was widened
// no further, with copies collapsed or not as the request says.
Result<Facets> count_facets(const request::SearchRequest& request, Plan& plan, FacetTables& tables,
                            index::Index& index);

}  // namespace smallprint::search

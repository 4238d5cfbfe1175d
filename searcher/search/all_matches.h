// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/result.h"
#include "common/index_format/directory.h"
#include "searcher/index/index.h"
#include "searcher/request/requests.h"
#include "searcher/search/copy_groups.h"
#include "searcher/search/decider.h"
#include "searcher/search/plan.h"
#include "searcher/search/results.h"
#include "searcher/search/synonyms.h"

namespace smallprint::search {

// Calls `visit` with every match of the plan that was made for a request, in the order of the
// index, without ranking or widening; each copy of a text by itself. An empty query is true of
// every clause. The first error of `visit` ends it and is returned. `visit` may read records.
Result<void> for_each_match(const request::SearchRequest& request, Plan& plan, index::Index& index,
                            const MatchVisitor& visit);

// Calls `visit` with every clause that matches, as for_each_match() does, and with all that is
// known of it: rank and score are 0, neighbours as many as request.context. The first error of
// `visit` ends it and is returned.
Result<void> for_each_hit(const request::SearchRequest& request, const SynonymIndex& synonyms,
                          const CopyGroups& copies, index::Index& index, const HitVisitor& visit);

}  // namespace smallprint::search

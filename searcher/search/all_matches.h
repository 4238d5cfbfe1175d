// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/result.h"
#include "common/index_format/directory.h"
#include "searcher/index/index.h"
#include "searcher/request/requests.h"
#include "searcher/search/plan.h"
#include "searcher/search/synonyms.h"

#include <functional>

namespace smallprint {

using MatchVisitor = std::function<Result<void>(DocumentId)>;

// Calls `visit` with every clause that the request's query and filters are true of, in the order of
// the index, without ranking or widening; each copy of a text by itself. An empty query is true of
// every clause. What a page of results is made of (count, offset, context, copies) plays no part.
// The first error of `visit` ends it and is returned. `visit` may read records.
Result<void> for_each_match(const SearchRequest& request, const SynonymIndex& synonyms,
                            Index& index, const MatchVisitor& visit);

// The same with the plan that was made for a request.
Result<void> for_each_match(const SearchRequest& request, Plan& plan, Index& index,
                            const MatchVisitor& visit);

}  // namespace smallprint

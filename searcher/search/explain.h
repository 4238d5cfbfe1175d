// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/result.h"
#include "searcher/index/index.h"
#include "searcher/search/compile.h"
#include "searcher/search/plan.h"
#include "searcher/search/results.h"

namespace smallprint::search {

// Tells what became of a query on its way to the postings, stage by stage.
Result<Explanation> explain_search(const query::Query& query, const CompiledQuery& compiled,
                                   const Plan& plan, const index::Index& index);

}  // namespace smallprint::search

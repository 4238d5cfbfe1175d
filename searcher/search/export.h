// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/result.h"
#include "searcher/index/index.h"
#include "searcher/request/requests.h"
#include "searcher/search/copy_groups.h"
#include "searcher/search/results.h"
#include "searcher/search/synonyms.h"

namespace smallprint {

// Calls `visit` with every clause that matches, as for_each_match() does, and with all that is
// known of it: rank and score are 0, neighbours as many as request.context. The first error of
// `visit` ends it and is returned.
Result<void> for_each_hit(const SearchRequest& request, const SynonymIndex& synonyms,
                          const CopyGroups& copies, Index& index, const HitVisitor& visit);

}  // namespace smallprint

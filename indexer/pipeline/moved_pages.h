// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/result.h"
#include "indexer/catalog/catalog.h"
#include "indexer/pipeline/policy_loader.h"
#include "indexer/pipeline/previous_index.h"

#include <vector>

namespace smallprint::pipeline {

struct MovedPagesContext {
    const Archives& archives;
    const PreviousIndex* previous = nullptr;  // null if there is none
    unsigned threads = 1;
};

// Makes one policy of those whose page moved (catalog/moves), of a known type, in the catalog and
// of those that are stored: `known`, the policies of the previous index. Its key is that of the
// oldest page. Since all captures are looked at again wherever the catalog has some of a vendor and
// type, adding tells the moves that indexing everything at once would: stored policies are joined,
// or taken apart, as what is new asks for. Texts are read only of pages that may have moved. Both
// lists are sorted by identity, and stay so.
Result<void> join_moved_pages(std::vector<catalog::CatalogPolicy>& catalog,
                              std::vector<PreviousPolicy>& known, const MovedPagesContext& context);

}  // namespace smallprint::pipeline

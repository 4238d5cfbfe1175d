// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/result.h"
#include "searcher/diff/diff.h"
#include "searcher/index/index.h"
#include "searcher/request/requests.h"

#include <vector>

namespace smallprint {

// Compares the snapshots that stood on the days of the request, of each of the policies that has
// its type. ErrorCode::not_found if there is none, or none is that old.
Result<DiffResults> diff_policies(Index& index, std::vector<DocumentId> policies,
                                  const DiffRequest& request);

}  // namespace smallprint

// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/result.h"
#include "searcher/index/index.h"
#include "searcher/request/filters.h"

#include <vector>

namespace smallprint {

// Which policies the filters pass, in the order of Directory::policies(): by what a policy is
// (vendor), not by what its clauses say or when. ErrorCode::not_found for a vendor that the index
// does not have.
Result<std::vector<bool>> policies_passing(const Filters& filters, Index& index);

}  // namespace smallprint

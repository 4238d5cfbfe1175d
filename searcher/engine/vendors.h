// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/result.h"
#include "searcher/engine/candidates.h"
#include "searcher/engine/index.h"

#include <string>
#include <string_view>
#include <vector>

namespace smallprint {

// The policies of a vendor, by name in any case. ErrorCode::not_found, with the names that come
// nearest, if there is none.
Result<std::vector<DocumentId>> policies_of(std::string_view vendor, Index& index);

// The documents of all policies of any of the vendors, sorted.
Result<std::vector<DocumentRange>> documents_of(const std::vector<std::string>& vendors,
                                                Index& index);

}  // namespace smallprint

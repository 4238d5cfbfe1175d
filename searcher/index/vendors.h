// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/result.h"
#include "common/fields/field_table.h"
#include "common/index_format/directory.h"
#include "searcher/index/index.h"

#include <string_view>
#include <vector>

namespace smallprint {

// The policies of a vendor, by name in any case. ErrorCode::not_found, with the names that come
// nearest, if there is none.
Result<std::vector<DocumentId>> policies_of(std::string_view vendor, Index& index);

// The same for any exact field of a policy: vendor, type, host or language.
Result<std::vector<DocumentId>> policies_with(Field field, std::string_view value, Index& index);

// The documents of policies, in order; neighbouring stretches are joined.
std::vector<DocumentRange> document_ranges(std::vector<DocumentId> policies, const Index& index);

}  // namespace smallprint

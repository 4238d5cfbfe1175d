// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/result.h"
#include "common/fields/field_table.h"
#include "searcher/query/ast.h"
#include "searcher/query/source.h"

#include <string_view>

namespace smallprint {

// The node of `field:value` for every field but heading. `value` is without quotes and stands at
// `place`, which the node takes over.
Result<Node> read_field_value(QuerySource& source, Field field, std::string_view value,
                              SourceSpan place);

}  // namespace smallprint

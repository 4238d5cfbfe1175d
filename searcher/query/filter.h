// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/result.h"
#include "searcher/query/ast.h"

#include <string_view>

namespace smallprint::query {

// Narrows a query by a filter expression: a query of fields, such as `vendor:a.example
// date:2018..`, joined by AND, OR, NOT and parentheses as they may be. ErrorCode::query, with the
// byte of the filter, for words and for mistakes.
Result<void> narrow(Query& query, std::string_view filter);

}  // namespace smallprint::query

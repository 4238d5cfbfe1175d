// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/result.h"
#include "searcher/query/ast.h"

#include <string_view>

namespace smallprint::query {

// Reads a query; schemas/query-language.md has the grammar. A text of blanks gives a query without
// a root. A mistake is ErrorCode::query with the byte it was found at, what was expected and, where
// it is clear, the repaired query; what is over a limit (limits.h) is ErrorCode::limit. Invalid
// UTF-8 reads as U+FFFD.
Result<Query> parse_query(std::string_view text, QuerySyntax syntax = QuerySyntax::full);

}  // namespace smallprint::query

// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/result.h"
#include "searcher/query/ast.h"
#include "searcher/query/lexer.h"
#include "searcher/query/source.h"

#include <vector>

namespace smallprint::query {

// Puts the tokens of a query, at least one, together to its tree.
Result<Node> parse_tree(QuerySource& source, const std::vector<QueryToken>& tokens);

}  // namespace smallprint::query

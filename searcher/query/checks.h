// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/result.h"
#include "searcher/query/ast.h"
#include "searcher/query/source.h"

#include <string_view>

namespace smallprint::query {

// Rules for the parts of a query that may stand somewhere. A mistake has the place of the part.

// Refuses as an operand of w/n, pre/n or /s all but words, phrases, others of them, and OR between
// such. `operation` is the operator as it is written.
Result<void> check_near_operand(QuerySource& source, const Node& operand,
                                std::string_view operation);

// Refuses behind heading: all but words, phrases, AND and OR.
Result<void> check_heading(QuerySource& source, const Node& child);

// Refuses two values of a field in brackets without an operator between them.
Result<void> check_values(QuerySource& source, const Node& values, std::string_view field);

// Refuses branches that say only what not to find.
Result<void> check_positive(QuerySource& source, const Node& root);

// Notes that two vendors or types that are asked for together find nothing: a policy has
// one of each.
void note_two_values(QuerySource& source, const Node& all);

}  // namespace smallprint::query

// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/result.h"
#include "searcher/query/ast.h"
#include "searcher/query/source.h"

#include <string_view>

namespace smallprint {

// What a tree must not be although each of its operators has operands.

// Of an operand of w/n, pre/n or /s: a word, a phrase, another of them, or OR between such.
// `operation` is the operator as it is written.
Result<void> check_near_operand(QuerySource& source, const Node& operand,
                                std::string_view operation);

// Of what stands behind heading: words, phrases, AND and OR.
Result<void> check_heading(QuerySource& source, const Node& child);

// Of the values of a field in brackets: no two without an operator between them.
Result<void> check_values(QuerySource& source, const Node& values, std::string_view field);

// Every branch says what to look for, and not only what not.
Result<void> check_positive(QuerySource& source, const Node& root);

}  // namespace smallprint

// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "searcher/query/ast.h"

#include <string>

namespace smallprint::query {

// The query that says what the tree of a full query says, in one way only: read again it gives the
// same tree but for the places. Of a field without text (made by a filter) the dates are written.
std::string format_query(const Node& node);

// The name of an operator or field in a query: "w/5", "/s", "AND", "heading:"; empty for words.
std::string format_operator(const Node& node);

// The tree for people, a line each node: indented by two blanks a level, its kind, its words, and
// the bytes of the query it stands at.
std::string format_tree(const Node& root);

}  // namespace smallprint::query

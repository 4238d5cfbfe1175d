// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "searcher/query/ast.h"
#include "tests/support/slow_clause.h"

#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace smallprint {

// The query language read slowly and simply, over texts of a few known words: what the engine is
// compared with. Nothing is shared with it but the parser.

// Words and phrases, by their stems, that mean the same.
using SlowThesaurus = std::vector<std::vector<std::vector<std::string>>>;

// The places of the words that make a clause a match; nothing if it is none. `root` is of a parsed
// query.
std::optional<std::set<std::size_t>> slow_match(const SlowClause& clause, const query::Node& root,
                                                const SlowThesaurus& thesaurus);

}  // namespace smallprint

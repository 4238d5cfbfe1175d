// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "searcher/query/ast.h"

#include <cstdint>
#include <random>
#include <string>

namespace smallprint {

// A tree that a full query may have, as the parser makes it but without places. Its words are few,
// so that they find something in a small corpus.
query::Node random_query_tree(std::mt19937_64& random);

// Words, signs and operators in any order; mostly no query.
std::string random_query_text(std::mt19937_64& random);

// A copy without the places.
query::Node without_places(query::Node node);

}  // namespace smallprint

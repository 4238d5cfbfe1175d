// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "searcher/query/ast.h"

#include <string>

namespace smallprint {

// A query's tree as tests read it: "w/5(sell any(share rent))". `all` of juxtaposed words is
// "all(...)", of AND "AND(...)".
std::string shape_of(const query::Node& node);

}  // namespace smallprint

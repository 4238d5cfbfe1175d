// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "searcher/query/ast.h"

#include <boost/json.hpp>

namespace smallprint {

// A query's tree as schemas/search-response.v1.schema.json says.
boost::json::object node_value(const Node& node);

}  // namespace smallprint

// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/text/analyzer.h"
#include "searcher/query/ast.h"
#include "searcher/request/filters.h"

#include <vector>

namespace smallprint::search {

// What filters say, as a query could say it: nodes without a place in any text, all required.
std::vector<query::Node> filter_nodes(const request::Filters& filters, text::Tokenizer& tokenizer);

}  // namespace smallprint::search

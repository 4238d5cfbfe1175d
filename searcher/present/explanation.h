// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "searcher/engine/results.h"
#include "searcher/present/page.h"

#include <boost/json.hpp>

namespace smallprint {

// How a query was read and answered, for people and for programs.
void add_explanation(Page& page, const Explanation& explanation, const SearchResults& results);
boost::json::object explanation_value(const Explanation& explanation);

}  // namespace smallprint

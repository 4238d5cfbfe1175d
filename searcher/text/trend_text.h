// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "searcher/over_time/trend.h"
#include "searcher/request/requests.h"
#include "searcher/text/page.h"
#include "searcher/text/text.h"

#include <string>

namespace smallprint {

// A line for each query with its course, then a table of the periods.
std::string trend_text(const Trend& trend, const TrendRequest& request, Layout layout,
                       Detail detail);

}  // namespace smallprint

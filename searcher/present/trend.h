// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "searcher/engine/trend.h"
#include "searcher/present/page.h"
#include "searcher/present/text.h"

#include <string>

namespace smallprint {

// How many vendors say something, over time.

// A line for each query with its course, then a table of the periods.
std::string trend_text(const Trend& trend, const TrendRequest& request, Layout layout,
                       Detail detail);

std::string trend_json(const Trend& trend, const TrendRequest& request);  // smallprint.trend.v1

// period, from, to, query, matching, observed, share: a row for each query and period, the share
// from 0 to 1 and empty where nobody is observed. Safe to print to a terminal.
std::string trend_csv(const Trend& trend);

}  // namespace smallprint

// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "searcher/over_time/trend.h"

#include <string>

namespace smallprint {

// period, from, to, query, matching, observed, share: a row for each query and period, the share
// from 0 to 1 and empty where nobody is observed. Safe to print to a terminal.
std::string trend_csv(const Trend& trend);

}  // namespace smallprint

// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "searcher/over_time/trend.h"
#include "searcher/request/requests.h"

#include <string>

namespace smallprint {

std::string trend_json(const Trend& trend, const TrendRequest& request);  // smallprint.trend.v1

}  // namespace smallprint

// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/model/date.h"
#include "searcher/index/clause_view.h"
#include "searcher/request/requests.h"

#include <boost/json.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace smallprint {

// What the answers have in common as JSON, for the files that write them. What is unknown is null,
// ill-formed text is repaired.

boost::json::value text_value(std::string_view text);
boost::json::value text_or_null(std::string_view text);  // null if empty
boost::json::value day_value(std::optional<Day> day);
boost::json::value time_value(std::optional<CaptureTime> time);
boost::json::array text_array(const std::vector<std::string>& texts);
boost::json::array runs_value(const std::vector<RunDates>& runs);
boost::json::object policy_value(const PolicyFacts& policy);
boost::json::object filters_value(const Filters& filters);

double hundredths(double number);  // rounded to them; 0 for what is not finite

}  // namespace smallprint

// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/model/date.h"
#include "searcher/index/clause_view.h"
#include "searcher/request/requests.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace smallprint {

// Single facts in the words that people read.

std::string thousands(std::uint64_t number);                      // 1,234,567
std::string counted(std::uint64_t number, std::string_view one);  // "1 clause", "2 clauses"
std::string megabytes(std::uint64_t bytes);                       // "12.3 MB"

std::string vendor_name(const PolicyFacts& policy);  // "vendor unknown" if it is
std::string day_or_unknown(std::optional<Day> day);

// "2014-03-02 – 2016-12-08", a single day once, "date unknown".
std::string date_span(std::optional<Day> first, std::optional<Day> last);

// "2011-03-08 (1)," "2016-09-26 – 2019-07-14 (2)": dates, and in brackets snapshots. At most
// `most`, the last ones; how many are left out stands before them.
std::vector<std::string> run_list(const std::vector<RunDates>& runs, std::size_t most);

// "2014-03-02 10:15 UTC", the day alone where nothing more is known.
std::string capture_text(CaptureTime time);

}  // namespace smallprint

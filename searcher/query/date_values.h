// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "searcher/query/ast.h"

#include <optional>
#include <string>
#include <string_view>

namespace smallprint {

// What a date or a span of dates means, or why it means nothing.
struct DateReading {
    std::optional<DayRange> days = {};
    std::string complaint = {};
    std::optional<std::string> repaired = {};  // how it was probably meant
};

// "2014..2018", "2016-03..", "..2015", "2014": from the first day of the one to the last of the
// other.
DateReading read_day_range(std::string_view value);

// One date, as its last day: both ends of the range.
DateReading read_last_day(std::string_view value);

}  // namespace smallprint

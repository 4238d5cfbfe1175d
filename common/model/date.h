// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/result.h"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace smallprint {

// Calendar facts are UTC and proleptic Gregorian. A day is what runs and filters speak of; a
// capture time is as exact as the archive says, midnight where it names the day only.
using Day = std::chrono::sys_days;
using CaptureTime = std::chrono::sys_seconds;

// Nothing for what is no day of the calendar, or has a part that is not there.
std::optional<Day> make_day(std::optional<unsigned> year, std::optional<unsigned> month,
                            std::optional<unsigned> day);

// A span of days, both ends inside.
struct DaySpan {
    Day first;
    Day last;
};

// "2014", "2014-03" or "2014-03-02" as the days it covers; nothing for what is not a date.
std::optional<DaySpan> parse_date(std::string_view text);

// A date, for messages that ask for one.
inline constexpr std::string_view k_date_form = "a date such as 2014, 2014-03 or 2014-03-02";

// "2014-03-02" exactly.
std::optional<Day> parse_day(std::string_view text);

// The Wayback Machine's 14 digits, "20140302101530", or the first 8 to 13 of them; half a number at
// the end is left out. Nothing for what is in no calendar, and for fewer digits: a month is no day.
std::optional<CaptureTime> parse_timestamp(std::string_view digits);

// The same, and the first moment of a year or a month for 4 to 7 digits, as web archives fill them
// up. Only where nothing but a timestamp can be meant: a folder "2014" is none.
std::optional<CaptureTime> parse_padded_timestamp(std::string_view digits);

// True of a moment at which a page may have been captured: since 1990, and no later than a day from
// now, for clocks and zones differ.
bool is_credible(CaptureTime time);

std::string format_day(Day day);

// An end of a span, as a message calls it: "--from", or nothing where the date says enough.
struct SpanEnd {
    std::string_view name;
    std::optional<Day> day;
};

// ErrorCode::usage if both days are there and `from` is the later one.
Result<void> check_order(const SpanEnd& from, const SpanEnd& to, std::string hint = {});

std::string format_timestamp(CaptureTime time);  // 14 digits

inline Day day_of(CaptureTime time) {
    return std::chrono::floor<std::chrono::days>(time);
}

}  // namespace smallprint

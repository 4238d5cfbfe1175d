// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/model/date.h"

#include <optional>
#include <string_view>

namespace smallprint::archive {

// A moment with its year first, as tables and paths write it: 2014-03-02 (also with '/', '.' or
// '_', and without leading zeros), with a time of day and a zone or without, 2014-03-02T10-15-30Z
// as Open Terms Archive names files, 20140302T101530Z, and the Wayback Machine's 8 to 14 digits.
// Nothing for anything else, such as a month, and for what is not credible.
std::optional<CaptureTime> parse_calendar_time(std::string_view text);

// The same, and seconds or milliseconds since 1970, and dates with the English name of the month:
// "Sun, 02 Mar 2014 10:15:30 +0100" (RFC 5322), "Sun Mar 02 2014 10:15:30 GMT+0100 (CET)".
// Digits are a calendar's if they can be: those of 1990 and later would be far off as seconds.
std::optional<CaptureTime> parse_capture_time(std::string_view text);

}  // namespace smallprint::archive

// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/model/date.h"

#include <doctest/doctest.h>

#include <optional>
#include <string>
#include <string_view>

namespace smallprint {
namespace {

// "first..last", or "none".
std::string span(std::string_view text) {
    const std::optional<DaySpan> span = parse_date(text);
    return span ? format_day(span->first) + ".." + format_day(span->last) : "none";
}

std::string timestamp(std::string_view digits) {
    const std::optional<CaptureTime> time = parse_timestamp(digits);
    return time ? format_timestamp(*time) : "none";
}

}  // namespace

TEST_CASE("a date covers the year, the month or the day that it names") {
    CHECK(span("2014") == "2014-01-01..2014-12-31");
    CHECK(span("2014-04") == "2014-04-01..2014-04-30");
    CHECK(span("2014-04-09") == "2014-04-09..2014-04-09");
}

TEST_CASE("February has 29 days in leap years only") {
    CHECK(span("2016-02") == "2016-02-01..2016-02-29");
    CHECK(span("1900-02") == "1900-02-01..1900-02-28");
    CHECK(span("2000-02-29") == "2000-02-29..2000-02-29");
    CHECK(span("2015-02-29") == "none");
}

TEST_CASE("what is not exactly a date is none") {
    for (const std::string_view text :
         {"", "0000", "-123", "14", "20144", "2014-", "2014-13", "2014-00", "2014-1", "2014-00-01",
          "2014-04-31", "2014/04/09", "2014-04-09 ", " 2014", "2014-4-9", "2014-04-0x", "+201",
          "2014-+4-09", "２０１４"}) {
        CAPTURE(text);
        CHECK(span(text) == "none");
    }
}

TEST_CASE("a day is read only in full") {
    CHECK(parse_day("2014-04-09").has_value());
    CHECK_FALSE(parse_day("2014-04").has_value());
    CHECK_FALSE(parse_day("20140409").has_value());
}

TEST_CASE("fourteen digits are a time, eight a day at midnight") {
    CHECK(timestamp("20140302101530") == "20140302101530");
    CHECK(timestamp("20140302") == "20140302000000");
    CHECK(timestamp("19960229235959") == "19960229235959");
    CHECK(timestamp("201403021015") == "20140302101500");
    CHECK(timestamp("2014030210153") == "20140302101500");
}

TEST_CASE("digits that name no moment are none") {
    for (const std::string_view digits :
         {"", "2014", "201403", "20140302240000", "2014030224", "20140302106000", "20140302101561",
          "20141302101530", "20140230101530", "2014030210153x", "00000302101530",
          "-0140302101530"}) {
        CAPTURE(digits);
        CHECK(timestamp(digits) == "none");
    }
}

TEST_CASE("a year or a month is its first moment where a timestamp is meant") {
    const auto padded = [](std::string_view digits) {
        const auto time = parse_padded_timestamp(digits);
        return time ? format_timestamp(*time) : "none";
    };
    CHECK(padded("2014") == "20140101000000");
    CHECK(padded("20143") == "20140101000000");
    CHECK(padded("201403") == "20140301000000");
    CHECK(padded("2014030") == "20140301000000");
    CHECK(padded("20140302") == "20140302000000");
    CHECK(padded("201403021") == "20140302000000");
    CHECK(padded("20140302101") == "20140302100000");
    for (const std::string_view digits :
         {"", "201", "201413", "201400", "2014x", "20140x", "0000"}) {
        CAPTURE(digits);
        CHECK(padded(digits) == "none");
    }
}

TEST_CASE("a leap second is the first second of the next minute") {
    CHECK(timestamp("20161231235960") == "20170101000000");
}

TEST_CASE("every day is read back from what it is written as") {
    using std::chrono::days;
    const Day first = parse_day("1995-12-25").value_or(Day());
    REQUIRE(format_day(first) == "1995-12-25");
    for (Day day = first; day < first + days(12000); day += days(1)) {
        REQUIRE(parse_day(format_day(day)) == day);
        REQUIRE(parse_timestamp(format_timestamp(CaptureTime(day))) == CaptureTime(day));
    }
}

TEST_CASE("a capture belongs to its day of UTC") {
    const auto day_at = [](std::string_view digits) {
        return format_day(day_of(parse_timestamp(digits).value_or(CaptureTime())));
    };
    CHECK(day_at("20140302235959") == "2014-03-02");
    CHECK(day_at("19691231235959") == "1969-12-31");
}

}  // namespace smallprint

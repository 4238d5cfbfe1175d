// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/model/date.h"
#include "indexer/archive/capture_time.h"

#include <doctest/doctest.h>

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace smallprint {
namespace {

// 14 digits, or "none".
std::string moment(std::string_view text) {
    const auto time = archive::parse_capture_time(text);
    return time ? format_timestamp(*time) : "none";
}

}  // namespace

TEST_CASE("moments are read in the forms that tables have") {
    CHECK(moment("2014-03-02") == "20140302000000");
    CHECK(moment(" 2014/03/02 ") == "20140302000000");
    CHECK(moment("20140302") == "20140302000000");
    CHECK(moment("20140302101530") == "20140302101530");
    CHECK(moment("2014-03-02T10:15:30Z") == "20140302101530");
    CHECK(moment("2014-03-02 10:15:30.123456") == "20140302101530");
    CHECK(moment("2014-03-02T10:15") == "20140302101500");
    CHECK(moment("2014-03-02T10:15:30+02:00") == "20140302081530");
    CHECK(moment("2014-03-02T00:15:30.5-0530") == "20140302054530");
    CHECK(moment("2014-03-01 23:30 -01") == "20140302003000");
    CHECK(moment("2014-03-02T10-15-30Z") == "20140302101530");
    CHECK(moment("2014-03-02 10:15:30 UTC") == "20140302101530");
    CHECK(moment("1393755330") == "20140302101530");
    CHECK(moment("1393755330.75") == "20140302101530");
    CHECK(moment("1393755330123") == "20140302101530");
}

TEST_CASE("moments are read as web archives, mail and browsers write them") {
    CHECK(moment("2014030210") == "20140302100000");
    CHECK(moment("201403021015") == "20140302101500");
    CHECK(moment("2014030210153") == "20140302101500");
    CHECK(moment("20140302101530123") == "20140302101530");
    CHECK(moment("20140302T101530Z") == "20140302101530");
    CHECK(moment("2014-03-02T10Z") == "20140302100000");
    CHECK(moment("2014-03-02T12:15-0200") == "20140302141500");
    CHECK(moment("2014-03-02T24:00:00Z") == "20140303000000");
    CHECK(moment("2014-03-02T10:15:30Z[UTC]") == "20140302101530");
    CHECK(moment("2014-03-02T10:15:30\u221202:00") == "20140302121530");
    CHECK(moment("2014-3-2") == "20140302000000");
    CHECK(moment("2014.03.02") == "20140302000000");
    CHECK(moment("Sun, 02 Mar 2014 10:15:30 GMT") == "20140302101530");
    CHECK(moment("2 Mar 2014 05:15 EST") == "20140302101500");
    CHECK(moment("Sun Mar 02 2014 11:15:30 GMT+0100 (Central European Standard Time)") ==
          "20140302101530");
    CHECK(moment("Sun Mar  2 10:15:30 2014") == "20140302101530");
    CHECK(moment("March 2, 2014") == "20140302000000");
}

TEST_CASE("what is later than tomorrow is no moment of a capture") {
    const auto day = [](int from_today) {
        return std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now()) +
               std::chrono::days(from_today);
    };
    CHECK(moment(format_day(day(0))) != "none");
    CHECK(moment(format_day(day(3))) == "none");
    CHECK(moment(format_timestamp(day(3))) == "none");
    CHECK_FALSE(is_credible(CaptureTime(std::chrono::seconds(INT64_MAX))));
    CHECK_FALSE(is_credible(CaptureTime(std::chrono::seconds(INT64_MIN))));
}

TEST_CASE("what is no moment is none") {
    for (const char* text : {"",
                             "2014",
                             "2014-03",
                             "2014-02-30",
                             "02.03.2014",
                             "02/03/2014",
                             "March 2014",
                             "Sun, 02 Mar 2014 10:15:30 CEST",
                             "2014-03-02T",
                             "2014-03-02T25:00",
                             "2014-03-02T10:61",
                             "2014-03-02 10:15 CEST",
                             "2014-03-02x",
                             "99999999999999999999",
                             "-1393755330",
                             "1393755330.x",
                             "NaN",
                             "2014-03-02T10:15+25:00",
                             "201403",
                             "20140300101530",
                             "20140302241530",
                             "0",
                             "-1",
                             "0000-00-00 00:00:00",
                             "2014-W09-7",
                             "2014-03-02T24:00:01",
                             "Mar Mar 2014",
                             "1989-12-31",
                             "9999-12-31",
                             "4102444800",
                             "99999999999999",
                             "2014-03-02T10:15:30 America/New_York"}) {
        CAPTURE(text);
        CHECK(moment(text) == "none");
    }
}

}  // namespace smallprint

// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/csv/csv.h"
#include "searcher/json/json.h"
#include "searcher/over_time/trend.h"
#include "searcher/request/period.h"
#include "searcher/request/requests.h"
#include "searcher/terminal/page.h"
#include "searcher/terminal/text.h"
#include "tests/support/sample_results.h"

#include <boost/json.hpp>
#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace smallprint {
namespace {

constexpr terminal::Layout k_plain = {.width = 80, .colour = terminal::Colour::off};
constexpr terminal::Layout k_coloured = {.width = 80, .colour = terminal::Colour::on};

// A year each from 2010 on.
over_time::Trend trend_of(const std::vector<std::uint64_t>& observed) {
    over_time::Trend trend;
    trend.vendors = 40;
    trend.policies = 50;
    for (std::size_t i = 0; i < observed.size(); ++i) {
        const request::Period first =
            request::Period::of(day("2010-01-01"), request::PeriodLength::year);
        trend.periods.push_back({first.plus(static_cast<int>(i)), observed[i]});
    }
    return trend;
}

over_time::TrendSeries series(std::string query, std::vector<std::uint64_t> matching) {
    std::uint64_t vendors = 0;
    for (const std::uint64_t count : matching) {
        vendors = std::max(vendors, count);
    }
    return {std::move(query), std::move(matching), vendors, vendors * 2};
}

request::TrendRequest by_year() {
    request::TrendRequest request;
    request.by = request::PeriodLength::year;
    return request;
}

std::string text_of(const over_time::Trend& trend, terminal::Layout layout = k_plain,
                    terminal::Detail detail = terminal::Detail::normal) {
    return terminal::trend_text(trend, by_year(), layout, detail);
}

}  // namespace

TEST_CASE("a trend has a line for each query, and a table") {
    over_time::Trend trend = trend_of({2, 20, 40});
    trend.series = {series("\"safe harbor\"", {1, 10, 0}), series("whales", {0, 5, 40})};
    CHECK(text_of(trend) ==
          "40 vendors observed · 2010 – 2012 by year\n"
          "\n"
          "\"safe harbor\"  ·▄   most in 2011: 10 of 20, 50.0%\n"
          "whales          ▂█  most in 2012: 40 of 40, 100%\n"
          "\n"
          "Year      Observed    \"safe harbor\"                 whales\n"
          "2010             2*     1  50.0% ████████             0\n"
          "2011            20     10  50.0% ████████             5  25.0% ████\n"
          "2012            40      0                            40   100% ████████████████\n"
          "\n"
          "* of fewer than 5 vendors, whose share says little.\n");
}

TEST_CASE("a quiet trend is the table alone, and a full one says what is counted") {
    over_time::Trend trend = trend_of({20});
    trend.left_out = 3;
    trend.series = {series("blue whales", {7})};
    const std::string brief = text_of(trend, k_plain, terminal::Detail::brief);
    CHECK(brief.starts_with("Year      Observed    blue whales\n"));
    CHECK(brief.ends_with("\n"));
    CHECK(brief.find("observed ·") == std::string::npos);
    const std::string full = text_of(trend, k_plain, terminal::Detail::full);
    CHECK(full.find("3 policies without a known vendor or any date left out.") !=
          std::string::npos);
    CHECK(full.find("The words of blue whales may stand apart in a clause") != std::string::npos);
    CHECK(full.find("A snapshot is in force until the next one") != std::string::npos);
}

TEST_CASE("more queries than there is room for stand in tables below each other") {
    over_time::Trend trend = trend_of({10, 20});
    for (int i = 0; i < 6; ++i) {
        trend.series.push_back(series("word" + std::to_string(i), {1, 2}));
    }
    const std::string text = text_of(trend);
    std::size_t tables = 0;
    for (std::size_t at = text.find("Observed"); at != std::string::npos;
         at = text.find("Observed", at + 1)) {
        ++tables;
    }
    CHECK(tables == 2);
    for (const std::size_t width : {20U, 30U, 50U, 79U, 100U}) {
        const std::string narrow =
            text_of(trend, {.width = width, .colour = terminal::Colour::off});
        CHECK(narrow.find("word5") != std::string::npos);
    }
}

TEST_CASE("long stretches with nobody observed are one line") {
    std::vector<std::uint64_t> observed(20, 0);
    observed.front() = 8;
    observed.back() = 9;
    over_time::Trend trend = trend_of(observed);
    std::vector<std::uint64_t> matching(20, 0);
    matching.back() = 3;
    trend.series = {series("whales", matching)};
    CHECK(text_of(trend).find("...      18 periods with nobody observed\n2029 ") !=
          std::string::npos);
}

TEST_CASE("a trend without a match or without anybody says so") {
    over_time::Trend trend = trend_of({20});
    trend.series = {{"whales", {0}, 0, 0}, {"violins", {0}, 0, 4}};
    CHECK(text_of(trend) == "40 vendors observed · 2010 – 2010 by year\n"
                            "\n"
                            "whales   no clause has it\n"
                            "violins  nowhere among those observed\n");
    over_time::Trend nobody;
    nobody.series = {{"whales", {}, 0, 3}};
    CHECK(text_of(nobody).starts_with(
        "No vendor is observed: no snapshot has a date and a known vendor.\n"));
    CHECK(csv::trend_csv(nobody) == "period,from,to,query,matching,observed,share\r\n");
}

TEST_CASE("a trend says what else was counted, and what was not") {
    over_time::Trend trend = trend_of({20});
    trend.series = {series("kept", {3})};
    trend.series.front().synonyms = {"retain", "retention"};
    trend.series.front().notes = {"1,300 words may begin with 'zeb'"};
    CHECK(text_of(trend).ends_with("\n\n'kept' counts with what means the same: retain, retention. "
                                   "--no-synonyms leaves\nthat out.\n"
                                   "1,300 words may begin with 'zeb'\n"));
}

TEST_CASE("a trend as CSV has a row for each query and period") {
    over_time::Trend trend = trend_of({0, 3});
    trend.series = {series("\"safe harbor\"", {0, 1})};
    CHECK(csv::trend_csv(trend) ==
          "period,from,to,query,matching,observed,share\r\n"
          "2010,2010-01-01,2010-12-31,\"\"\"safe harbor\"\"\",0,0,\r\n"
          "2011,2011-01-01,2011-12-31,\"\"\"safe harbor\"\"\",1,3,0.3333\r\n");
}

TEST_CASE("a trend as JSON has numbers and names of periods") {
    over_time::Trend trend = trend_of({0, 3});
    trend.series = {series("whales", {0, 1})};
    const auto value = boost::json::parse(json::trend_json(trend, by_year()));
    CHECK(value.at("by").as_string() == "year");
    CHECK(value.at("observation").as_string() == "in_force");
    const auto& points = value.at("queries").at(0).at("points").as_array();
    CHECK(points[0].at("share").is_null());
    CHECK(points[1].at("share").as_double() == 0.3333);
    CHECK(points[1].at("period").as_string() == "2011");
}

TEST_CASE("whatever a query holds, a trend controls no terminal") {
    over_time::Trend trend = trend_of({3, 20});
    trend.series = {series(std::string(k_hostile), {1, 2})};
    for (const terminal::Layout layout :
         {k_plain, terminal::Layout{.width = 30, .colour = terminal::Colour::off}}) {
        CHECK(is_harmless(text_of(trend, layout, terminal::Detail::full)));
    }
    CHECK(is_harmless(csv::trend_csv(trend).substr(0, 10)));
    CHECK(text_of(trend, k_coloured).find("\x1b]") == std::string::npos);
    CHECK_NOTHROW(boost::json::parse(json::trend_json(trend, by_year())));
}

TEST_CASE("bars show little as little and nothing as nothing") {
    CHECK(terminal::upright_bar(0) == " ");
    CHECK(terminal::upright_bar(0.001) == "▁");
    CHECK(terminal::upright_bar(0.5) == "▄");
    CHECK(terminal::upright_bar(2) == "█");
    CHECK(terminal::level_bar(0, 4).empty());
    CHECK(terminal::level_bar(0.001, 4) == "▏");
    CHECK(terminal::level_bar(0.5, 4) == "██");
    CHECK(terminal::level_bar(1, 4) == "████");
}

}  // namespace smallprint

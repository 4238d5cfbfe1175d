// SPDX-License-Identifier: GPL-2.0-or-later
// Random histories are indexed for real; every count is compared with one made day by day.
#include "common/base/enum_names.h"
#include "common/base/error.h"
#include "common/model/date.h"
#include "searcher/engine/engine.h"
#include "searcher/over_time/trend.h"
#include "searcher/query/parser.h"
#include "searcher/request/period.h"
#include "searcher/request/requests.h"
#include "tests/support/indexed_folder.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <map>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using namespace smallprint;

namespace {

namespace fs = std::filesystem;

const std::vector<std::string> k_words = {"whales", "lanterns", "umbrellas", "violins"};

struct DatedCapture {
    std::optional<Day> day;
    int hour = 0;
    std::set<std::string> words;  // a clause for each
};

struct PastOf {
    std::string vendor;
    std::string type;
    std::vector<DatedCapture> captures;  // those without a day first, then in order of time
};

Day day(std::string_view text) {
    return parse_day(text).value_or(Day{});
}

PastOf random_history(std::mt19937& random, std::string vendor, std::string type) {
    PastOf history{std::move(vendor), std::move(type), {}};
    Day at = day("2010-01-01") + Day::duration(random() % 500);
    const std::size_t captures = 1 + random() % 6;
    for (std::size_t i = 0; i < captures; ++i) {
        DatedCapture capture;
        if (i > 0 || random() % 4 != 0) {
            capture.day = at;
        }
        capture.hour = static_cast<int>(i);
        for (const std::string& word : k_words) {
            if (random() % 3 == 0) {
                capture.words.insert(word);
            }
        }
        // On the same day, on the next one, soon or after a long time.
        const std::vector<int> steps = {0, 1, 40, 200, 700};
        at += Day::duration(steps[random() % steps.size()]);
        history.captures.push_back(std::move(capture));
    }
    return history;
}

std::vector<PastOf> random_histories(std::mt19937& random) {
    std::vector<PastOf> histories;
    for (const char* vendor : {"one.example", "two.example", "three.example", "four.example"}) {
        for (const char* type : {"Privacy Policy", "Terms of Service"}) {
            if (random() % 3 != 0) {
                histories.push_back(random_history(random, vendor, type));
            }
        }
    }
    histories.push_back(random_history(random, "five.example", "Privacy Policy"));
    return histories;
}

engine::Engine indexed(const std::vector<PastOf>& histories, const fs::path& folder) {
    fs::create_directories(folder);
    std::ofstream rows(folder / "rows.jsonl");
    for (const PastOf& history : histories) {
        for (const DatedCapture& capture : history.captures) {
            std::string text = fmt::format("Snapshot {} of this policy.", capture.hour);
            for (const std::string& word : capture.words) {
                text += fmt::format("\\n\\nWe keep {} in the basement.", word);
            }
            rows << fmt::format(R"({{"vendor":"{}","type":"{}","text":"{}")", history.vendor,
                                history.type, text);
            if (capture.day) {
                rows << fmt::format(R"(,"date":"{}T{:02}:00:00Z")", format_day(*capture.day),
                                    capture.hour);
            }
            rows << "}\n";
        }
    }
    rows.close();
    return indexed_folder(folder);
}

// The snapshots that are in force on a day, as the page about trends says it.
std::vector<const DatedCapture*> in_force(const PastOf& history, Day at,
                                          const request::TrendRequest& request) {
    std::vector<const DatedCapture*> found;
    const DatedCapture* before = nullptr;
    bool later = false;
    for (const DatedCapture& capture : history.captures) {
        if (!capture.day) {
            continue;
        }
        if (*capture.day == at) {
            found.push_back(&capture);
        } else if (*capture.day < at) {
            before = &capture;
        } else {
            later = true;
        }
    }
    if (request.observation == request::Observation::captured || !found.empty() ||
        before == nullptr) {
        return found;
    }
    const bool same_period = request::Period::of(before->day.value_or(at), request.by) ==
                             request::Period::of(at, request.by);
    return later || same_period ? std::vector{before} : found;
}

struct Counts {
    std::set<std::string> observed;
    std::set<std::string> matching;
};

std::map<request::Period, Counts> expected(const std::vector<PastOf>& histories,
                                           const request::TrendRequest& request,
                                           const std::string& word) {
    std::map<request::Period, Counts> counts;
    for (Day at = day("2009-06-01"); at < day("2022-01-01"); at += Day::duration(1)) {
        if ((request.filters.from && at < *request.filters.from) ||
            (request.filters.to && at > *request.filters.to)) {
            continue;
        }
        for (const PastOf& history : histories) {
            const auto& vendors = request.filters.vendors;
            if (!vendors.empty() && vendors.front() != history.vendor) {
                continue;
            }
            for (const DatedCapture* capture : in_force(history, at, request)) {
                Counts& count = counts[request::Period::of(at, request.by)];
                count.observed.insert(history.vendor);
                if (capture->words.contains(word)) {
                    count.matching.insert(history.vendor);
                }
            }
        }
    }
    return counts;
}

void compare(const over_time::Trend& trend, const std::map<request::Period, Counts>& wanted,
             std::size_t series) {
    std::set<std::string> vendors;
    std::set<std::string> matching;
    std::size_t shown = 0;
    for (std::size_t i = 0; i < trend.periods.size(); ++i) {
        const auto& [period, observed] = trend.periods[i];
        CAPTURE(period.name());
        const auto found = wanted.find(period);
        const Counts counts = found == wanted.end() ? Counts{} : found->second;
        CHECK(observed == counts.observed.size());
        CHECK(trend.series[series].matching[i] == counts.matching.size());
        vendors.insert(counts.observed.begin(), counts.observed.end());
        matching.insert(counts.matching.begin(), counts.matching.end());
        shown += found == wanted.end() ? 0U : 1U;
    }
    CHECK(shown == wanted.size());
    CHECK(trend.vendors == vendors.size());
    CHECK(trend.series[series].vendors == matching.size());
}

request::TrendRequest random_request(std::mt19937& random) {
    request::TrendRequest request;
    for (const std::string& word : k_words) {
        const auto query = query::parse_query(word);
        REQUIRE(query);
        request.queries.push_back(*query);
    }
    request.by = static_cast<request::PeriodLength>(random() % 4);
    request.observation =
        random() % 3 == 0 ? request::Observation::captured : request::Observation::in_force;
    if (random() % 3 == 0) {
        request.filters.from = day("2010-03-01") + Day::duration(random() % 900);
    }
    if (random() % 3 == 0) {
        request.filters.to = day("2010-06-01") + Day::duration(random() % 900);
    }
    if (random() % 5 == 0) {
        request.filters.vendors = {"five.example"};
    }
    return request;
}

}  // namespace

TEST_CASE("a trend over random histories counts what a count by days does") {
    std::mt19937 random(1414);  // NOLINT: the same histories every time
    std::size_t matches = 0;
    for (int round = 0; round < 12; ++round) {
        const auto histories = random_histories(random);
        engine::Engine engine = indexed(histories, fmt::format("histories-{}", round));
        for (int question = 0; question < 12; ++question) {
            const request::TrendRequest request = random_request(random);
            CAPTURE(round);
            CAPTURE(question);
            const auto trend = engine.trend(request);
            REQUIRE(trend);
            for (std::size_t i = 0; i < k_words.size(); ++i) {
                CAPTURE(k_words[i]);
                compare(*trend, expected(histories, request, k_words[i]), i);
                matches += trend->series[i].vendors;
            }
        }
    }
    CHECK(matches > 1000);  // else the questions say nothing
}

TEST_CASE("a vendor counts until its next snapshot, and after its last to the period's end") {
    const std::vector<PastOf> histories = {
        {"a.example",
         "Privacy Policy",
         {{day("2012-02-01"), 0, {"whales"}}, {day("2014-02-01"), 0, {"lanterns"}}}}};
    engine::Engine engine = indexed(histories, "until");
    request::TrendRequest request;
    request.queries = {*query::parse_query("whales"), *query::parse_query("lanterns")};
    request.by = request::PeriodLength::year;
    const auto trend = engine.trend(request);
    REQUIRE(trend);
    std::vector<std::string> names;
    for (const over_time::TrendPeriod& period : trend->periods) {
        names.push_back(period.period.name());
        CHECK(period.observed == 1);
    }
    CHECK(names == std::vector<std::string>{"2012", "2013", "2014"});
    CHECK(trend->series[0].matching == std::vector<std::uint64_t>{1, 1, 1});
    CHECK(trend->series[1].matching == std::vector<std::uint64_t>{0, 0, 1});
    CHECK(trend->series[0].clauses == 1);

    request.observation = request::Observation::captured;
    const auto captured = engine.trend(request);
    REQUIRE(captured);
    CHECK(captured->periods[1].observed == 0);
    CHECK(captured->series[0].matching == std::vector<std::uint64_t>{1, 0, 0});
}

TEST_CASE("a trend leaves out who is not known and what has no date, and says how much") {
    const std::vector<PastOf> histories = {
        {"", "Privacy Policy", {{day("2012-02-01"), 0, {"whales"}}}},
        {"b.example", "Privacy Policy", {{std::nullopt, 0, {"whales"}}}},
        {"c.example", "Privacy Policy", {{day("0012-02-01"), 0, {"whales"}}}},
        {"d.example", "Privacy Policy", {{day("2012-02-01"), 0, {"whales"}}}}};
    engine::Engine engine = indexed(histories, "left-out");
    request::TrendRequest request;
    request.queries = {*query::parse_query("whales")};
    const auto trend = engine.trend(request);
    REQUIRE(trend);
    CHECK(trend->periods.size() == 1);
    CHECK(trend->vendors == 1);
    CHECK(trend->policies == 1);
    CHECK(trend->left_out == 3);  // no vendor, no date, a date before the web
    CHECK(trend->series[0].vendors == 1);
    CHECK(trend->series[0].clauses == 4);
}

TEST_CASE("a mistake in one of several queries names the query") {
    engine::Engine engine =
        indexed({{"a.example", "Privacy Policy", {{day("2012-02-01"), 0, {"whales"}}}}}, "mistake");
    request::TrendRequest request;
    request.queries = {*query::parse_query("whales"), *query::parse_query("the of")};
    const auto trend = engine.trend(request);
    REQUIRE_FALSE(trend);
    CHECK(trend.error().code == ErrorCode::query);
    CHECK(trend.error().message.starts_with("in 'the of': "));
}

TEST_CASE("periods of all lengths begin and end where the calendar says") {
    struct Row {
        request::PeriodLength length;
        const char* name;
        const char* first;
        const char* last;
    };

    for (const Row& row :
         {Row{request::PeriodLength::year, "2016", "2016-01-01", "2016-12-31"},
          Row{request::PeriodLength::half_year, "2016H1", "2016-01-01", "2016-06-30"},
          Row{request::PeriodLength::quarter, "2016Q1", "2016-01-01", "2016-03-31"},
          Row{request::PeriodLength::month, "2016-02", "2016-02-01", "2016-02-29"}}) {
        const request::Period period = request::Period::of(day("2016-02-10"), row.length);
        CHECK(period.name() == row.name);
        CHECK(period.first_day() == day(row.first));
        CHECK(period.last_day() == day(row.last));
        CHECK(request::Period::of(day(row.last), row.length) == period);
        CHECK(period.plus(1).first_day() == period.last_day() + Day::duration(1));
        CHECK(period.plus(-7).plus(7).since(period) == 0);
        CHECK(value_named<request::PeriodLength>(name_of(row.length)) == row.length);
    }
    CHECK_FALSE(value_named<request::PeriodLength>("week").has_value());
}

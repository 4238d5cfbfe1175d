// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/base/error.h"
#include "common/model/date.h"
#include "searcher/http/parameters.h"
#include "searcher/http/target.h"

#include <doctest/doctest.h>

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace smallprint {
namespace {

constexpr std::array<std::string_view, 2> k_orders = {"newest", "oldest"};

constexpr std::array k_rows = {
    http::ParameterRow{.name = "q", .kind = http::ParameterKind::text, .required = true},
    http::ParameterRow{
        .name = "vendor", .kind = http::ParameterKind::text, .times = http::Times::any},
    http::ParameterRow{.name = "n", .kind = http::ParameterKind::number, .least = 1, .most = 100},
    http::ParameterRow{.name = "from", .kind = http::ParameterKind::date},
    http::ParameterRow{.name = "plain", .kind = http::ParameterKind::truth},
    http::ParameterRow{.name = "sort", .kind = http::ParameterKind::choice, .choices = k_orders},
};

std::string mistake(std::vector<http::NameValue> given) {
    given.push_back({"q", "x"});
    const auto parameters = http::Parameters::read(k_rows, given);
    if (parameters) {
        return "";
    }
    CHECK(parameters.error().code == ErrorCode::usage);
    return parameters.error().message + "|" + parameters.error().hint;
}

}  // namespace

TEST_CASE("parameters are read by their kinds") {
    const auto read = http::Parameters::read(k_rows, {{"vendor", "a"},
                                                      {"q", "x y"},
                                                      {"n", "100"},
                                                      {"from", "2014-03"},
                                                      {"vendor", "b"},
                                                      {"plain", "false"},
                                                      {"sort", "oldest"}});
    REQUIRE(read.has_value());
    CHECK(read->text("q") == "x y");
    CHECK(read->texts("vendor") == std::vector<std::string>{"a", "b"});
    CHECK(read->number("n") == 100);
    const auto from = read->date("from");
    CHECK((from && format_day(from->last) == "2014-03-31"));
    CHECK(read->truth("plain") == false);
    CHECK(read->text("sort") == "oldest");
}

TEST_CASE("what a form leaves empty is not given") {
    const auto read = http::Parameters::read(
        k_rows, {{"q", "x"}, {"n", ""}, {"from", ""}, {"plain", ""}, {"sort", ""}});
    REQUIRE(read.has_value());
    CHECK_FALSE(read->number("n").has_value());
    CHECK_FALSE(read->date("from").has_value());
    CHECK_FALSE(read->truth("plain").has_value());
    CHECK(read->text("sort").empty());
    CHECK_FALSE(http::Parameters::read(k_rows, {{"q", ""}}).has_value());
    CHECK_FALSE(http::Parameters::read(k_rows, {}).has_value());
}

TEST_CASE("a parameter that is wrong is named, and what it may be") {
    CHECK(mistake({{"vendr", "x"}}) == "there is no parameter 'vendr' here|did you mean 'vendor'?");
    CHECK(mistake({{"n", "0"}}) == "'n' wants a number from 1 to 100, not '0'|");
    CHECK(mistake({{"n", "101"}}) == "'n' wants a number from 1 to 100, not '101'|");
    CHECK_FALSE(mistake({{"n", "1.5"}}).empty());
    CHECK_FALSE(mistake({{"n", "-1"}}).empty());
    CHECK_FALSE(mistake({{"n", "99999999999999999999999"}}).empty());
    CHECK_FALSE(mistake({{"from", "yesterday"}}).empty());
    CHECK_FALSE(mistake({{"plain", "yes"}}).empty());
    CHECK(mistake({{"sort", "new"}}) == "'sort' wants one of: newest, oldest, not 'new'|");
    CHECK(mistake({{"q", "y"}}) == "'q' is given more than once|");
    CHECK_FALSE(mistake({{"vendor", std::string(513, 'x')}}).empty());
    CHECK_FALSE(mistake({{"vendor", "  "}}).empty());
    CHECK(mistake({{"vendor", std::string(512, 'x')}}).empty());
}

TEST_CASE("a parameter that is repeated has its limit") {
    CHECK(mistake(std::vector<http::NameValue>(64, {"vendor", "x"})).empty());
    CHECK_FALSE(mistake(std::vector<http::NameValue>(65, {"vendor", "x"})).empty());
}

TEST_CASE("the same question has the same canonical form") {
    const auto a = http::Parameters::read(k_rows, {{"n", "5"}, {"q", "a b"}, {"vendor", "x"}});
    const auto b =
        http::Parameters::read(k_rows, {{"vendor", "x"}, {"plain", ""}, {"q", "a b"}, {"n", "5"}});
    CHECK(a->canonical() == b->canonical());
    CHECK(a->canonical() == "n=5&q=a%20b&vendor=x");
    const auto c = http::Parameters::read(k_rows, {{"q", "a b&n=5"}, {"vendor", "x"}});
    CHECK(a->canonical() != c->canonical());
}

}  // namespace smallprint

// SPDX-License-Identifier: GPL-2.0-or-later
// A small archive is indexed for real, since coverage is read from the records of an index.
#include "common/base/error.h"
#include "common/model/date.h"
#include "indexer/pipeline/pipeline.h"
#include "searcher/engine/engine.h"
#include "searcher/over_time/coverage.h"
#include "searcher/request/period.h"
#include "searcher/request/requests.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using namespace smallprint;

namespace {

namespace fs = std::filesystem;

request::Period half_year(std::string_view day) {
    return over_time::half_year_of(parse_day(day).value_or(Day{}));
}

void put(std::string_view vendor, std::string_view day) {
    const fs::path folder = fs::path("archive") / vendor;
    fs::create_directories(folder);
    std::ofstream(folder / fmt::format("{}.md", day))
        << "> *The following text is extracted and transformed from the " << vendor
        << " privacy policy that was archived on " << day << ". Please check the archive.*\n\n"
        << "We keep whales in the basement since " << day << ".\n";
}

engine::Engine indexed() {
    for (const char* day : {"2014-01-01", "2014-06-30", "2014-07-01", "2017-12-31"}) {
        put("b.example", day);
    }
    put("a.example", "2016-03-02");
    std::ofstream("archive/nobody.md") << "A policy that says neither whose nor from when it is.\n";
    pipeline::PipelineOptions options;
    options.sources = {"archive"};
    options.index = "index";
    REQUIRE(pipeline::run_pipeline(options));
    auto engine = engine::Engine::open("index");
    REQUIRE(engine);
    return std::move(*engine);
}

std::vector<std::string> names(const over_time::Coverage& coverage) {
    std::vector<std::string> names;
    names.reserve(coverage.vendors.size());
    for (const over_time::VendorCoverage& vendor : coverage.vendors) {
        names.push_back(vendor.vendor);
    }
    return names;
}

over_time::Coverage asked(engine::Engine& engine, const request::CoverageRequest& request) {
    auto coverage = engine.coverage(request);
    REQUIRE(coverage);
    return *coverage;
}

}  // namespace

TEST_CASE("a year has two halves") {
    CHECK(half_year("2014-01-01").name() == "2014H1");
    CHECK(half_year("2014-06-30").name() == "2014H1");
    CHECK(half_year("2014-07-01").name() == "2014H2");
    CHECK(half_year("2014-12-31").plus(1) == half_year("2015-01-01"));
    CHECK(half_year("2016-01-01").since(half_year("2014-12-31")) == 3);
}

TEST_CASE("gaps are the half-years without a snapshot between others") {
    over_time::Holdings held;
    CHECK(over_time::find_gaps(held).empty());
    CHECK_FALSE(over_time::longest_gap(held));
    for (const char* day : {"2014-01-01", "2014-07-01", "2015-07-01", "2016-07-01", "2018-01-01"}) {
        ++held.half_years[half_year(day)];
    }
    const std::vector<over_time::Gap> gaps = over_time::find_gaps(held);
    REQUIRE(gaps.size() == 3);
    CHECK(gaps[0].first.name() == "2015H1");
    CHECK(gaps[0].length() == 1);
    const over_time::Gap longest = over_time::longest_gap(held).value_or(gaps[0]);
    CHECK(longest.first.name() == "2017H1");
    CHECK(longest.last.name() == "2017H2");
}

TEST_CASE("coverage counts snapshots by vendor, type and half-year") {
    engine::Engine engine = indexed();
    const over_time::Coverage coverage = asked(engine, {});
    CHECK(names(coverage) == std::vector<std::string>{"a.example", "b.example", ""});
    CHECK(coverage.known_vendors == 2);
    CHECK(coverage.all.snapshots == 6);
    CHECK(coverage.all.undated == 1);
    CHECK(coverage.all.policies == 3);
    const over_time::VendorCoverage& vendor = coverage.vendors[1];
    CHECK(vendor.all.snapshots == 4);
    CHECK(vendor.all.clauses == 4);
    CHECK(vendor.all.first == parse_day("2014-01-01"));
    CHECK(vendor.all.last == parse_day("2017-12-31"));
    CHECK(vendor.all.half_years == over_time::HalfYearCounts{{half_year("2014-01-01"), 2},
                                                             {half_year("2014-07-01"), 1},
                                                             {half_year("2017-07-01"), 1}});
    REQUIRE(vendor.types.size() == 1);
    CHECK(vendor.types.begin()->second.half_years == vendor.all.half_years);
    const auto gap = over_time::longest_gap(vendor.all);
    CHECK((gap ? gap->length() : 0) == 5);
    const over_time::VendorCoverage& unknown = coverage.vendors[2];
    CHECK(unknown.all.undated == 1);
    CHECK_FALSE(unknown.all.first);
    CHECK(unknown.all.half_years.empty());
    CHECK(coverage.observed.at(half_year("2016-01-01")) == 1);
}

TEST_CASE("coverage can be narrowed and sorted") {
    engine::Engine engine = indexed();
    using Names = std::vector<std::string>;
    request::CoverageRequest request;
    request.vendors = {"B.example"};
    CHECK(names(asked(engine, request)) == Names{"b.example"});
    request.vendors = {"zebra"};
    CHECK(engine.coverage(request).error().code == ErrorCode::not_found);
    request.vendors.clear();
    request.type = "PRIVACY policy";
    CHECK(asked(engine, request).known_vendors == 2);
    request.type = "zebra";
    CHECK(engine.coverage(request).error().code == ErrorCode::not_found);
    request.type.clear();
    for (const request::CoverageOrder order :
         {request::CoverageOrder::snapshots, request::CoverageOrder::first}) {
        request.order = order;
        CHECK(names(asked(engine, request)) == Names{"b.example", "a.example", ""});
    }
}

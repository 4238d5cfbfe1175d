// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/text/utf8.h"
#include "searcher/csv/csv.h"
#include "searcher/json/json.h"
#include "searcher/over_time/coverage.h"
#include "searcher/terminal/page.h"
#include "searcher/terminal/text.h"
#include "tests/support/sample_results.h"

#include <boost/json.hpp>
#include <doctest/doctest.h>

#include <cstddef>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace smallprint {
namespace {

constexpr terminal::Layout k_plain = {.width = 80, .colour = terminal::Colour::off};

}  // namespace

TEST_CASE("each vendor has a strip of half-years") {
    CHECK(terminal::vendors_text(sample_coverage(), k_plain, terminal::Detail::normal) ==
          R"(1 vendor, 2 policies, 5 snapshots, 2,468 clauses · 2014-03-02 – 2016-09-26 · 1
without a date
One character is half a year: the number of its snapshots, · for none.

Vendor              Snapshots  First       Last        2014
brightloaf.example          3  2014-03-02  2016-09-26  2····1
vendor unknown              2  2015-01-02  2015-01-02    1

Half-year    Vendors   Snapshots
2014H1             1           2  ▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪
2014H2             0           0
2015H1             0           1
2015H2             0           0
2016H1             0           0
2016H2             1           1  ▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪
)");
}

TEST_CASE("types and gaps are told when all is asked for") {
    const std::string page =
        terminal::vendors_text(sample_coverage(), k_plain, terminal::Detail::full);
    CHECK(page.find("    Privacy Policy: 1 policy, 2 snapshots (1 without a date), 1,234 clauses,"
                    "\n    2015-01-02\n") != std::string::npos);
    CHECK(page.find("    Nothing in 2014H2 – 2016H1; the longest gap is 4 half-years\n") !=
          std::string::npos);
}

TEST_CASE("a strip is as fine as the width allows") {
    const over_time::Coverage coverage =
        coverage_of_vendors({sample_vendor("a.example", {"1996-01-01", "2019-12-31"}),
                             sample_vendor("b.example with a rather long name", {"2001-05-01"})});
    for (const std::size_t width : {40U, 60U, 80U, 100U}) {
        const std::string page = terminal::vendors_text(
            coverage, {.width = width, .colour = terminal::Colour::off}, terminal::Detail::full);
        std::istringstream lines(page);
        for (std::string line; std::getline(lines, line);) {
            CHECK_MESSAGE(text::display_width(line) <= width, line);
        }
        CHECK(page.find("One character is") != std::string::npos);
    }
}

TEST_CASE("many snapshots are bars") {
    std::vector<std::string_view> days(10, "2014-03-02");
    days.push_back("2014-09-01");
    const std::string page = terminal::vendors_text(coverage_of_vendors({sample_vendor("a", days)}),
                                                    k_plain, terminal::Detail::brief);
    CHECK(page.find("  ▄▁\n") != std::string::npos);
}

TEST_CASE("an archive without any date has no strip") {
    const std::string page = terminal::vendors_text(
        coverage_of_vendors({sample_vendor("a", {"", ""})}), k_plain, terminal::Detail::full);
    CHECK(page.find("unknown") != std::string::npos);
    CHECK(page.find("Half-year") == std::string::npos);
}

TEST_CASE("one wrong date makes no page of a thousand years") {
    const std::string text = terminal::vendors_text(
        coverage_of_vendors({sample_vendor("a.example", {"1014-03-02", "2014-03-02"})}), k_plain,
        terminal::Detail::normal);
    CHECK(text.find("...      1,999 half-years with nothing") != std::string::npos);
    CHECK(text.find("2014H1") != std::string::npos);
    CHECK(text.size() < 2000);
}

TEST_CASE("coverage as JSON has exact counts") {
    const boost::json::value answer = boost::json::parse(json::vendors_json(sample_coverage()));
    CHECK(answer.at("schema") == "smallprint.vendors.v1");
    CHECK(answer.at_pointer("/vendors/0/half_years") ==
          boost::json::parse(R"([{"half_year":"2014H1","snapshots":2},
                                 {"half_year":"2016H2","snapshots":1}])"));
    CHECK(answer.at_pointer("/vendors/0/longest_gap/half_years") == 4);
    CHECK(answer.at_pointer("/vendors/1/vendor").is_null());
    CHECK(answer.at_pointer("/vendors/1/types/0/undated") == 1);
    CHECK(answer.at_pointer("/vendors/1/longest_gap").is_null());
    CHECK(answer.at_pointer("/half_years/1/vendors") == 0);
}

TEST_CASE("coverage as CSV has a row for each vendor, type and half-year") {
    CHECK(csv::vendors_csv(sample_coverage()) == "vendor,type,half_year,snapshots\r\n"
                                                 "brightloaf.example,Privacy Policy,2014H1,2\r\n"
                                                 "brightloaf.example,Privacy Policy,2016H2,1\r\n"
                                                 ",Privacy Policy,2015H1,1\r\n"
                                                 ",Privacy Policy,,1\r\n");
}

TEST_CASE("names of an archive cannot control a terminal") {
    const over_time::Coverage coverage =
        coverage_of_vendors({sample_vendor(std::string(k_hostile), {"2014-03-02"})});
    CHECK(is_harmless(terminal::vendors_text(coverage, k_plain, terminal::Detail::full)));
    CHECK(text::is_valid_utf8(json::vendors_json(coverage)));
}

}  // namespace smallprint

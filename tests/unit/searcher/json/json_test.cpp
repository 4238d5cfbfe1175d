// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/base/error.h"
#include "common/text/utf8.h"
#include "searcher/index/clause_view.h"
#include "searcher/json/json.h"
#include "searcher/request/requests.h"
#include "searcher/search/results.h"
#include "tests/support/sample_results.h"

#include <boost/json.hpp>
#include <doctest/doctest.h>

#include <algorithm>
#include <limits>
#include <string>
#include <string_view>

namespace smallprint {
namespace {

// The answer read again; it has to be one line of valid UTF-8.
boost::json::value read(const std::string& line) {
    CHECK(text::is_valid_utf8(line));
    CHECK(line.ends_with('\n'));
    CHECK(std::ranges::count(line, '\n') == 1);
    return boost::json::parse(line);
}

}  // namespace

TEST_CASE("search results are written as the design has them") {
    request::SearchRequest request;
    request.filters.from = day("2014-01-01");
    const boost::json::value answer = read(json::search_json(sample_results(), request));
    CHECK(answer.at("schema") == "smallprint.search.v1");
    CHECK(answer.at_pointer("/query/text") == "sell data");
    CHECK(answer.at_pointer("/query/filters/from") == "2014-01-01");
    CHECK(answer.at_pointer("/query/filters/to").is_null());
    CHECK(answer.at("total") == boost::json::value{{"value", 2}, {"relation", "eq"}});
    CHECK(answer.at("next").is_null());
    const boost::json::value& hit = answer.at_pointer("/results/0");
    CHECK(hit.at("id") == "vfh84xcbv5-ks4tka4p2t");
    CHECK(hit.at("vendor") == "brightloaf.example");
    CHECK(hit.at_pointer("/policy/type") == "Privacy Policy");
    CHECK(hit.at("highlights") == boost::json::value{{7, 11}, {21, 25}});
    CHECK(hit.at("runs") == boost::json::parse(R"([["2020-08-15","2022-02-11",2]])"));
    CHECK(hit.at("still_present").as_bool());
    CHECK(hit.at_pointer("/also_at/vendors") == 3);
    CHECK(hit.at_pointer("/context/before/0") == "The neighbour before.");
    CHECK(hit.at("lead_in").is_null());
    CHECK(answer.at_pointer("/results/1/lead_in") == "What we promise:");
}

TEST_CASE("numbers are written as people write them") {
    search::SearchResults results = sample_results();
    const std::string line = json::search_json(results, {});
    CHECK(line.find("\"score\":12.3,") != std::string::npos);
    CHECK(line.find("\"took_ms\":1.7,") != std::string::npos);
    results.took_ms = std::numeric_limits<double>::infinity();
    results.hits[0].score = std::numeric_limits<double>::quiet_NaN();
    read(json::search_json(results, {}));
}

TEST_CASE("what is unknown is null") {
    search::SearchResults results = sample_results();
    index::ClauseView& clause = results.hits[0].clause;
    clause.policy.vendor = "";
    clause.policy.title = "";
    clause.first_seen.reset();
    clause.runs = {{{}, {}, 1}};
    clause.archive_url = "";
    const boost::json::value answer = read(json::search_json(results, {}));
    const boost::json::value& hit = answer.at_pointer("/results/0");
    CHECK(hit.at("vendor").is_null());
    CHECK(hit.at_pointer("/policy/title").is_null());
    CHECK(hit.at("first_seen").is_null());
    CHECK(hit.at("runs") == boost::json::parse("[[null,null,1]]"));
    CHECK(hit.at("archive_url").is_null());
}

TEST_CASE("ill-formed text is repaired, and offsets move with it") {
    search::SearchResults results = sample_results();
    index::ClauseView& clause = results.hits[0].clause;
    clause.text = "\xff sell \"it\"\x01\t";
    clause.links = {{2, 6, "x"}};
    results.hits[0].highlights = {{2, 6}};
    const boost::json::value answer = read(json::search_json(results, {}));
    const boost::json::value& hit = answer.at_pointer("/results/0");
    CHECK(hit.at("text") == "\uFFFD sell \"it\"\x01\t");
    CHECK(hit.at("highlights") == boost::json::parse("[[4,8]]"));
    CHECK(hit.at_pointer("/links/0/end") == 8);
    read(json::search_json(hostile_results(), {}));
    read(json::clause_json(hostile_results().hits[0].clause));
    read(json::policy_json(hostile_policy()));
    read(json::info_json(hostile_overview()));
    read(json::error_json({ErrorCode::io, std::string(k_hostile), std::string(k_hostile), {}}));
}

TEST_CASE("a policy is written line by line") {
    const boost::json::value answer = read(json::policy_json(sample_policy()));
    CHECK(answer.at("captured") == "2020-08-15T10:15:30Z");
    CHECK(answer.at_pointer("/lines/0/kind") == "title");
    CHECK(answer.at_pointer("/lines/5/level") == 1);
    CHECK(answer.at_pointer("/lines/5/id").is_null());
    CHECK(answer.at_pointer("/lines/4/focused").as_bool());
    CHECK_FALSE(answer.at_pointer("/lines/4").as_object().contains("level"));
}

TEST_CASE("an error is an object with a code") {
    CHECK(json::error_json({ErrorCode::query, "no", "try", 7}) ==
          "{\"code\":\"query\",\"message\":\"no\",\"hint\":\"try\",\"position\":7}\n");
    CHECK(json::error_json({ErrorCode::no_index, "no"}) ==
          "{\"code\":\"no_index\",\"message\":\"no\",\"hint\":null,\"position\":null}\n");
}

}  // namespace smallprint

// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/base/error.h"
#include "searcher/query/ast.h"
#include "searcher/query/describe.h"
#include "searcher/query/filter.h"
#include "searcher/query/parser.h"

#include <doctest/doctest.h>

#include <string>
#include <string_view>

namespace smallprint {
namespace {

query::Node root_of(const query::Query& query) {
    return query.root.value_or(query::Node());
}

std::string narrowed(std::string_view text, std::string_view filter) {
    query::Query query = query::parse_query(text).value();
    const auto done = query::narrow(query, filter);
    return done ? query::format_query(root_of(query)) : done.error().message;
}

}  // namespace

TEST_CASE("a filter of fields stands beside the words of the query") {
    CHECK(narrowed("sell data", "vendor:a.example") == "sell data vendor:a.example");
    CHECK(narrowed("sell", "vendor:a.example lang:en") == "sell vendor:a.example lang:en");
    CHECK(narrowed("a1 OR b1", "lang:en") == "(a1 OR b1) lang:en");
    CHECK(narrowed("sell", "vendor:a.example OR vendor:b.example") ==
          "sell (vendor:a.example OR vendor:b.example)");
}

TEST_CASE("words of a narrowed query can still be widened, an AND can not") {
    query::Query query = query::parse_query("sell data").value();
    REQUIRE(query::narrow(query, "lang:en"));
    CHECK(root_of(query).children.size() == 3);
    CHECK(root_of(query).conjunction == query::Conjunction::juxtaposed);
    query = query::parse_query("sell AND data").value();
    REQUIRE(query::narrow(query, "lang:en"));
    CHECK(root_of(query).children.size() == 2);
    CHECK(root_of(query).children[0].conjunction == query::Conjunction::written);
}

TEST_CASE("words in a filter are a mistake with their place") {
    query::Query query = query::parse_query("sell").value();
    const auto done = query::narrow(query, "lang:en cookies");
    REQUIRE_FALSE(done);
    CHECK(done.error().code == ErrorCode::query);
    CHECK(done.error().message == "'cookies' is no field, which is all a filter has");
    CHECK(done.error().position == 8);
    CHECK_FALSE(query::narrow(query, "vendor:"));
    CHECK_FALSE(query::narrow(query, "zebra:x"));
}

}  // namespace smallprint

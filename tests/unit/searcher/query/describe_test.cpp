// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/base/error.h"
#include "common/fields/field_table.h"
#include "common/model/date.h"
#include "searcher/query/ast.h"
#include "searcher/query/describe.h"
#include "searcher/query/parser.h"
#include "tests/support/query_checks.h"
#include "tests/support/random_query.h"

#include <doctest/doctest.h>

#include <cstddef>
#include <optional>
#include <random>
#include <string>
#include <string_view>

using namespace smallprint;

namespace {

std::optional<query::Node> root_of(std::string_view text) {
    const auto query = query::parse_query(text);
    CHECK_MESSAGE(query, text);
    return query ? query->root : std::nullopt;
}

std::string canonical(std::string_view text) {
    const std::optional<query::Node> root = root_of(text);
    return root ? query::format_query(*root) : "";
}

}  // namespace

TEST_CASE("a query is format_query in one way, however it was written") {
    CHECK(canonical(" sell   personal data ") == "sell personal data");
    CHECK(canonical("sell and (personal AND data)") == "sell AND and AND personal AND data");
    CHECK(canonical("((a)) OR b c") == "a OR b AND c");
    CHECK(canonical("sell W/5 (“personal data” OR pii) NOT \"do not sell\"") ==
          "sell w/5 (\"personal data\" OR pii) NOT \"do not sell\"");
    CHECK(canonical("(a w/5 b) w/3 c") == "a w/5 b w/3 c");
    CHECK(canonical("a w/5 (b w/3 c)") == "a w/5 (b w/3 c)");
    CHECK(canonical("a NOT (b OR c)") == "a NOT (b OR c)");
    CHECK(canonical("=\"personal data\"") == "\"=personal =data\"");
    CHECK(canonical("VENDOR:(a OR \"b c\")") == "vendor:a OR vendor:\"b c\"");
    CHECK(canonical("heading:(\"how long\")") == "heading:\"how long\"");
    CHECK(canonical("heading:(a b)") == "heading:(a AND b)");
    CHECK(canonical("date:2014..2016-03 x") == "date:2014..2016-03 x");
}

TEST_CASE("a field that a filter made is format_query by its dates") {
    query::Node node{.kind = query::NodeKind::field, .field = Field::date};
    node.value.days.from = Day(std::chrono::days(16'071));
    CHECK(query::format_query(node) == "date:2014-01-01..");
    node.value.days.to = node.value.days.from;
    CHECK(query::format_query(node) == "date:2014-01-01");
    node.value.unknown = true;
    CHECK(query::format_query(node) == "date:unknown");
    CHECK(query::format_query({.kind = query::NodeKind::field,
                               .field = Field::change,
                               .value = {.change = query::Change::removed}}) == "change:removed");
}

TEST_CASE("the tree is printed a node a line") {
    const std::optional<query::Node> root = root_of("sell w/5 \"my data\" vendor:a NOT xyz* OR =b");
    REQUIRE(root);
    CHECK(query::format_tree(root.value_or(query::Node{})) ==
          "any (OR) [0, 42)\n"
          "  all (AND) [0, 36)\n"
          "    5 words apart at most, either first (w/5) [0, 18)\n"
          "      word \"sell\" [0, 4)\n"
          "      phrase [9, 18)\n"
          "        word \"my\" [10, 12)\n"
          "        word \"data\" [13, 17)\n"
          "    vendor:a [19, 27)\n"
          "    none (NOT) [28, 36)\n"
          "      words that begin with \"xyz\" [32, 36)\n"
          "  exact word \"b\" [40, 42)\n");
}

TEST_CASE("a random tree, format_query and read again, is the same tree") {
    std::mt19937_64 random(20'201);
    std::size_t read = 0;
    for (int i = 0; i < 20'000; ++i) {
        const query::Node tree = random_query_tree(random);
        const std::string text = query::format_query(tree);
        CAPTURE(text);
        const auto query = query::parse_query(text);
        if (!query && query.error().code == ErrorCode::limit) {
            continue;
        }
        REQUIRE_MESSAGE(query, query.error().message);
        const std::optional<query::Node>& root = query->root;
        REQUIRE(root);
        REQUIRE(without_places(root.value_or(query::Node{})) == tree);
        ++read;
    }
    CHECK(read > 15'000);
}

TEST_CASE("any text is a query that survives being format_query, or a mistake inside the text") {
    std::mt19937_64 random(20'202);
    for (int i = 0; i < 50'000; ++i) {
        const std::string text = random_query_text(random);
        REQUIRE_MESSAGE(complaint_about_query(text) == "", text);
    }
}

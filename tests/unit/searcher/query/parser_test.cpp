// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/base/error.h"
#include "searcher/query/ast.h"
#include "searcher/query/parser.h"

#include <doctest/doctest.h>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

using namespace smallprint;

namespace {

std::vector<QueryPart> parts_of(std::string_view text, QuerySyntax syntax = QuerySyntax::full) {
    const auto query = parse_query(text, syntax);
    REQUIRE(query);
    return query->parts;
}

Error error_of(std::string_view text) {
    const auto query = parse_query(text);
    REQUIRE_FALSE(query);
    return query.error();
}

}  // namespace

TEST_CASE("words are parted by blanks and keep their place") {
    const auto parts = parts_of("  sell personal\tdata ");
    REQUIRE(parts.size() == 3);
    CHECK(parts[0] == QueryPart{PartKind::word, "sell", 2, 6});
    CHECK(parts[1] == QueryPart{PartKind::word, "personal", 7, 15});
    CHECK(parts[2] == QueryPart{PartKind::word, "data", 16, 20});
}

TEST_CASE("quotes make a phrase, straight or typographic") {
    for (const std::string_view text : {"\"safe harbor\"", "“safe harbor”", "„safe harbor“"}) {
        CAPTURE(text);
        const auto parts = parts_of(text);
        REQUIRE(parts.size() == 1);
        CHECK(parts[0].kind == PartKind::phrase);
        CHECK(parts[0].text == "safe harbor");
        CHECK(parts[0].begin == 0);
        CHECK(parts[0].end == text.size());
    }
}

TEST_CASE("a quote inside a word ends the word") {
    const auto parts = parts_of("sell\"personal data\"now");
    REQUIRE(parts.size() == 3);
    CHECK(parts[0].text == "sell");
    CHECK(parts[1] == QueryPart{PartKind::phrase, "personal data", 4, 19});
    CHECK(parts[2].text == "now");
}

TEST_CASE("a quote that is never closed is an error at the quote, with the query repaired") {
    const Error error = error_of("sell \"personal data");
    CHECK(error.code == ErrorCode::query);
    CHECK(error.position == 5);
    CHECK(error.hint == "did you mean: sell \"personal data\"");
}

TEST_CASE("an empty phrase and an empty query are errors") {
    CHECK(error_of("sell \"  \"").position == 5);
    CHECK(error_of("").code == ErrorCode::query);
    CHECK(error_of(" \t\n").code == ErrorCode::query);
}

TEST_CASE("plain syntax has no quotes") {
    const auto parts = parts_of("what \"data\" do they", QuerySyntax::plain);
    REQUIRE(parts.size() == 4);
    CHECK(parts[1] == QueryPart{PartKind::word, "\"data\"", 5, 11});
    CHECK(parse_query("say \"", QuerySyntax::plain));
}

TEST_CASE("a query over a limit is refused before any work") {
    CHECK(parse_query(std::string(k_longest_query, 'a')));
    CHECK(error_of(std::string(k_longest_query + 1, 'a')).code == ErrorCode::limit);
    std::string many;
    for (std::size_t i = 0; i < k_most_parts; ++i) {
        many += "w ";
    }
    CHECK(parse_query(many));
    const Error error = error_of(many + "more");
    CHECK(error.code == ErrorCode::limit);
    CHECK(error.position == many.size());
}

TEST_CASE("invalid UTF-8 reads as the replacement character") {
    const auto parts = parts_of("caf\xE9 data");
    REQUIRE(parts.size() == 2);
    CHECK(parts[0].text == "caf\xEF\xBF\xBD");
    CHECK(parts[1].text == "data");
}

TEST_CASE("control characters part words") {
    const auto parts = parts_of(std::string_view("sell\0data\x1b", 10));
    REQUIRE(parts.size() == 2);
    CHECK(parts[0].text == "sell");
    CHECK(parts[1].text == "data");
}

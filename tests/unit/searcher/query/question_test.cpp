// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/query/ast.h"
#include "searcher/query/parser.h"
#include "searcher/query/question.h"

#include <doctest/doctest.h>

#include <string_view>

namespace smallprint {
namespace {

bool is_question(std::string_view text, query::QuerySyntax syntax = query::QuerySyntax::full) {
    return smallprint::query::is_question(query::parse_query(text, syntax).value());
}

}  // namespace

TEST_CASE("a question is told by its mark or its first words") {
    for (const char* text :
         {"do they share my location with advertisers?", "how long is my data kept",
          "What do you collect", "is my data sold", "can I delete my account", "deletion of data?",
          "vendor:a.example who do they sell it to"}) {
        CHECK_MESSAGE(is_question(text), text);
    }
    CHECK(is_question("does \"it\" (sell", query::QuerySyntax::plain));
}

TEST_CASE("words to look for are no question") {
    for (const char* text :
         {"do not track", "do not sell", "may contain links", "sell personal data", "how",
          "cookies?", "can", "\"do they share\"", "do w/5 they", "is AND the AND x?", "x/?y=1 c"}) {
        CHECK_FALSE_MESSAGE(is_question(text), text);
    }
    CHECK_FALSE(smallprint::query::is_question(query::Query()));
}

TEST_CASE("words of any question are generic, words that tell something are not") {
    CHECK(query::is_generic_word("data"));
    CHECK(query::is_generic_word("websites"));
    CHECK_FALSE(query::is_generic_word("cookies"));
    CHECK_FALSE(query::is_generic_word("personal"));
}

}  // namespace smallprint

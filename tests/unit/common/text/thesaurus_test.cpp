// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/base/error.h"
#include "common/text/thesaurus.h"

#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <vector>

namespace smallprint {
namespace {

std::string mistake(std::string_view text) {
    const auto thesaurus = text::Thesaurus::parse(text);
    return thesaurus ? "" : thesaurus.error().message;
}

}  // namespace

TEST_CASE("a thesaurus has groups of equal words and words that go together") {
    const auto thesaurus = text::Thesaurus::parse("# a remark\n\nretain | keep\tthe same\r\n"
                                                  "retain > as long as| period \tgo together\n");
    REQUIRE(thesaurus);
    REQUIRE(thesaurus->groups().size() == 1);
    CHECK(thesaurus->groups()[0].members == std::vector<std::string>{"retain", "keep"});
    CHECK(thesaurus->groups()[0].line == 3);
    REQUIRE(thesaurus->related().size() == 1);
    CHECK(thesaurus->related()[0].word == "retain");
    CHECK(thesaurus->related()[0].members == std::vector<std::string>{"as long as", "period"});
    CHECK(thesaurus->related()[0].line == 4);
}

TEST_CASE("a line of a thesaurus that says nothing is a mistake with its number") {
    CHECK(mistake("a | b\treason\n\na\tx\n") == "thesaurus, line 3: not a group");
    CHECK(mistake("a | b") == "thesaurus, line 1: no reason is given");
    CHECK(mistake("a | b\t \n") == "thesaurus, line 1: no reason is given");
    CHECK(mistake("a | |\tx") == "thesaurus, line 1: not a group");
    CHECK(mistake(" > b\tx") == "thesaurus, line 1: not a group");
    CHECK(mistake("a > \tx") == "thesaurus, line 1: not a group");
    CHECK(mistake("").empty());
}

TEST_CASE("the thesaurus that comes with the program has no mistake") {
    CHECK(text::Thesaurus::standard().groups().size() > 100);
    CHECK(text::Thesaurus::standard().related().size() > 100);
}

}  // namespace smallprint

// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/base/error.h"
#include "common/base/result.h"
#include "common/text/analyzer.h"
#include "common/text/thesaurus.h"
#include "searcher/search/synonyms.h"

#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <vector>

namespace smallprint {
namespace {

using Words = std::vector<std::string>;

Result<search::SynonymIndex> index_of(const text::Thesaurus& thesaurus) {
    text::Tokenizer tokenizer;
    text::Stemmer stemmer;
    return search::SynonymIndex::build(thesaurus, tokenizer, stemmer);
}

search::SynonymIndex index_of(std::string_view text) {
    return index_of(text::Thesaurus::parse(text).value()).value();
}

std::string mistake(std::string_view text) {
    const auto index = index_of(text::Thesaurus::parse(text).value());
    return index ? "" : index.error().message;
}

}  // namespace

TEST_CASE("a word has the other members of its group, in any of its forms") {
    const search::SynonymIndex index = index_of("retaining | keep | hold on\tx\n");
    const auto found = index.match(Words{"retain", "data"});
    CHECK(found.words == 1);
    CHECK(found.synonyms == Words{"keep", "hold on"});
    CHECK(found.related.empty());
    CHECK(index.match(Words{"data"}).words == 0);
}

TEST_CASE("the longest word or phrase counts") {
    const search::SynonymIndex index = index_of("personal data | PII\tx\npersonal > private\tx\n");
    CHECK(index.match(Words{"person", "data", "x"}).words == 2);
    CHECK(index.match(Words{"person", "data", "x"}).synonyms == Words{"PII"});
    CHECK(index.match(Words{"person", "x"}).related == Words{"private"});
}

TEST_CASE("what goes with a word goes with all that mean the same, and not the other way round") {
    const search::SynonymIndex index = index_of("retain > period | keep\tx\nretain | keep\tx\n");
    CHECK(index.match(Words{"keep"}).synonyms == Words{"retain"});
    CHECK(index.match(Words{"keep"}).related == Words{"period"});
    CHECK(index.match(Words{"retain"}).related == Words{"period"});
    CHECK(index.match(Words{"period"}).words == 0);
}

TEST_CASE("a word at two places or without weight is a mistake with its line") {
    CHECK(mistake("a1 | b1\tx\nc1 | B1\tx\n") == "thesaurus, line 2: 'B1' is in line 1 already");
    CHECK(mistake("a1 > b1\tx\na1 > c1\tx\n") == "thesaurus, line 2: 'a1' is in line 1 already");
    CHECK(mistake("a1 | such as\tx\n") == "thesaurus, line 1: 'such as' has no word to look for");
    CHECK(mistake("a1 > the\tx\n") == "thesaurus, line 1: 'the' has no word to look for");
    CHECK(mistake("share | shares | sharing | give\tx\n").empty());
}

TEST_CASE("the thesaurus that comes with the program can be looked up") {
    const auto index = index_of(text::Thesaurus::standard());
    REQUIRE_MESSAGE(index, index.error().message);
    CHECK(index->match(Words{"dnt"}).synonyms == Words{"do not track"});
}

}  // namespace smallprint

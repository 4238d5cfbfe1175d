// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/text/stemmer.h"
#include "searcher/match/prefix_words.h"

#include <doctest/doctest.h>

#include <cstddef>
#include <string>
#include <string_view>

using namespace smallprint;

namespace {

constexpr std::string_view k_roots[] = {
    "absolut", "act",    "agre",   "analys",  "account", "argu",  "bus",    "commun", "crypt",
    "deriv",   "dy",     "econom", "enforce", "formal",  "gener", "hop",    "hopp",   "ident",
    "ly",      "nation", "organ",  "person",  "poli",    "port",  "privat", "regul",  "run",
    "runn",    "sell",   "sensit", "trad",    "try",     "us",    "valid",  "vary",   "whol"};

constexpr std::string_view k_ends[] = {
    "",     "able",  "ability", "al",    "alism", "ality", "ally",    "ance",  "ancy",
    "ant",  "ate",   "ation",   "ative", "ator",  "e",     "ed",      "edly",  "eed",
    "ely",  "ement", "ence",    "ency",  "er",    "es",    "ful",     "ible",  "ic",
    "ical", "icity", "ied",     "ies",   "ing",   "ingly", "ion",     "ional", "ism",
    "ist",  "itive", "ity",     "ive",   "ivity", "ize",   "ization", "izer",  "less",
    "ly",   "ment",  "ness",    "ology", "or",    "ous",   "s",       "y",     "ying"};

}  // namespace

TEST_CASE("no word is lost to its own beginning, whatever the stemmer does to its end") {
    text::Stemmer stemmer;
    std::size_t tried = 0;
    for (const std::string_view root : k_roots) {
        for (const std::string_view end : k_ends) {
            for (const std::string_view another : k_ends) {
                const std::string word =
                    std::string(root) + std::string(end) + std::string(another);
                const std::string stem(stemmer.stem(word));
                CAPTURE(word);
                for (std::size_t size = 3; size <= word.size(); ++size) {
                    CHECK(match::may_begin_with(stem, word.substr(0, size)));
                    ++tried;
                }
            }
        }
    }
    CHECK(tried > 500'000);
}

TEST_CASE("short stems are not taken for those of any longer word") {
    for (const std::string_view stem : {"en", "ene", "eni", "envi"}) {
        CHECK_FALSE(match::may_begin_with(stem, "encrypt"));
    }
    CHECK_FALSE(match::may_begin_with("ad", "advert"));
    CHECK(match::may_begin_with("sell", "selling"));
    CHECK(match::may_begin_with("polici", "policy"));
}

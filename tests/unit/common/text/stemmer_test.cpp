// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/text/analyzer.h"

#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <utility>

namespace smallprint {

TEST_CASE("forms of an English word have the same stem") {
    text::Stemmer stemmer;
    CHECK(stemmer.stem("selling") == "sell");
    CHECK(stemmer.stem("sells") == "sell");
    CHECK(stemmer.stem("sell") == "sell");
    CHECK(stemmer.stem("cookies") == stemmer.stem("cookie"));
    CHECK(stemmer.stem("policies") == stemmer.stem("policy"));
    CHECK(stemmer.stem("happy") == "happi");
}

TEST_CASE("words with digits, dots or @ are their own stem") {
    text::Stemmer stemmer;
    for (const std::string_view word :
         {"ipv6s", "1.5", "u.s", "cookies@sellers.example", "sellers.example", "2fas"}) {
        CHECK(stemmer.stem(word) == word);
    }
}

TEST_CASE("any word has a stem") {
    text::Stemmer stemmer;
    CHECK(stemmer.stem("") == "");
    CHECK(stemmer.stem("s") == "s");
    CHECK(stemmer.stem("個") == "個");
    CHECK(stemmer.stem("данные") == "данные");
    const std::string long_word(100'000, 's');
    CHECK(stemmer.stem(long_word) == long_word);
    const std::string_view with_zero("a\0b", 3);
    CHECK(stemmer.stem(with_zero) == with_zero);
    CHECK(stemmer.stem("\xFF\xE2") == "\xFF\xE2");
}

TEST_CASE("a stem outlives the word it was made from and a growing cache") {
    text::Stemmer stemmer;
    std::string word = "advertisers";
    const std::string_view stem = stemmer.stem(word);
    word = "xxxxxxxxxxx";
    for (int i = 0; i < 50'000; ++i) {
        stemmer.stem("word" + std::to_string(i));
    }
    CHECK(stem == "advertis");
    CHECK(stemmer.stem("advertisers").data() == stem.data());
}

TEST_CASE("a large cache is dropped on demand and stems stay right") {
    text::Stemmer stemmer;
    const std::string_view kept = stemmer.stem("cookies");
    stemmer.drop_cache_if_large();
    CHECK(stemmer.stem("cookies").data() == kept.data());
    for (int i = 0; i < 210'000; ++i) {
        stemmer.stem(std::to_string(i));
    }
    stemmer.drop_cache_if_large();
    CHECK(stemmer.stem("selling") == "sell");
    CHECK(stemmer.stem("12345") == "12345");
}

TEST_CASE("a stemmer can be moved") {
    text::Stemmer first;
    const std::string_view stem = first.stem("sharing");
    text::Stemmer second = std::move(first);
    CHECK(second.stem("sharing").data() == stem.data());
}

TEST_CASE("function and question words are stop words, words that turn the meaning are not") {
    for (const std::string_view word : {"the", "of", "do", "my", "what", "who", "how", "can", "a",
                                        "yours", "they", "and", "if", "any"}) {
        CHECK_MESSAGE(text::is_stop_word(word), word);
    }
    for (const std::string_view word :
         {"not", "no", "sell", "without", "data", "us", "", "The", "th"}) {
        CHECK_FALSE_MESSAGE(text::is_stop_word(word), word);
    }
}

}  // namespace smallprint

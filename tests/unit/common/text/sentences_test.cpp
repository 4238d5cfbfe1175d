// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/text/sentences.h"

#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace smallprint {
namespace {

// `text` with a | at each sentence end but the last.
std::string split(std::string_view text) {
    std::string marked;
    std::size_t begin = 0;
    for (const std::uint32_t end : text::sentence_ends(text)) {
        marked += begin == 0 ? "" : "|";
        marked += text.substr(begin, end - begin);
        begin = end;
    }
    return marked;
}

bool is_sound(std::string_view text) {
    std::size_t last = 0;
    for (const std::uint32_t end : text::sentence_ends(text)) {
        if (end <= last || end > text.size()) {
            return false;
        }
        last = end;
    }
    return last == text.size();
}

}  // namespace

TEST_CASE("a full stop, exclamation or question mark before a new start ends a sentence") {
    CHECK(split("We collect data. We use it.") == "We collect data. |We use it.");
    CHECK(split("Do you sell it? No! Never.") == "Do you sell it? |No! |Never.");
    CHECK(split("And so on... We stop… You too.") == "And so on... |We stop… |You too.");
    CHECK(split("Really?! Yes.") == "Really?! |Yes.");
    CHECK(split("See above.  (Or below.) 3 parties.") == "See above.  |(Or below.) |3 parties.");
    CHECK(split("He said “stop.” “Why?” • One") == "He said “stop.” |“Why?” |• One");
    CHECK(split("It is **bold.** It ends.") == "It is **bold.** |It ends.");
    CHECK(split("Это данные. Мы храним.") == "Это данные. |Мы храним.");
}

TEST_CASE("a stop in the middle of something ends nothing") {
    CHECK(split("we pay 1.5 percent, see example.com for more") ==
          "we pay 1.5 percent, see example.com for more");
    CHECK(split("Yahoo! services and cookies, pixels, etc. are used") ==
          "Yahoo! services and cookies, pixels, etc. are used");
    CHECK(split("cookies.We use") == "cookies.We use");
}

TEST_CASE("abbreviations do not end a sentence") {
    for (const std::string_view text :
         {"Partners, e.g. Google Analytics, see it.", "Others, i.e. Partners, see it.",
          "Mr. Smith and Dr. No read it.", "See Art. 6 and Sec. 5 and No. 7.",
          "Example Inc. and Example Ltd. Ireland share it.", "Smith v. Jones and others.",
          "The U.S. Department of Commerce.", "Gemäß Art. 6 Abs. 1 S. 1 lit. f DSGVO.",
          "Dies gilt z. B. Für uns bzw. Sie.", "Z.B. Cookies sind Daten.", "J. R. Smith wrote it.",
          "As of Jan. 5 and Sec. IV it holds.", "See p. 5, pp. 7 and cf. Annex.",
          "In St. Louis vs. Paris et al. Others."}) {
        CHECK(split(text) == text);
    }
}

TEST_CASE("an abbreviation at the end of a sentence ends it") {
    CHECK(split("This site is run by Example Inc. We collect data.") ==
          "This site is run by Example Inc. |We collect data.");
    CHECK(split("Data is sent to the U.S. If you object, write.") ==
          "Data is sent to the U.S. |If you object, write.");
    CHECK(split("Do you sell data? No. We do not.") == "Do you sell data? |No. |We do not.");
    CHECK(split("Write to Sacramento, CA. You may call.") ==
          "Write to Sacramento, CA. |You may call.");
    CHECK(split("between you and I. The rest") == "between you and I. |The rest");
}

TEST_CASE("the end of a longer word is no initial") {
    CHECK(split("It is the Provider’s. Matched data.") == "It is the Provider’s. |Matched data.");
    CHECK(split("It is the user's. Matched data.") == "It is the user's. |Matched data.");
    CHECK(split("Newsletter de C&A. Si vous") == "Newsletter de C&A. |Si vous");
    CHECK(split("Pixels, etc. Certaines données") == "Pixels, etc. |Certaines données");
    CHECK(split("À côté. Données") == "À côté. |Données");
}

TEST_CASE("a list number does not stand alone") {
    CHECK(split("1. We collect data. 2. We use it.") == "1. We collect data. |2. We use it.");
    CHECK(split("Intro\n12.3. Scope\nIV. Rights\nb. Other") ==
          "Intro\n|12.3. Scope\n|IV. Rights\n|b. Other");
    CHECK(split("We began in 2018. We go on.") == "We began in 2018. |We go on.");
}

TEST_CASE("a line break ends a sentence, blank lines belong to it") {
    CHECK(split("one\ntwo\r\n\r\n three") == "one\n|two\r\n\r\n |three");
    CHECK(split("\n\n one\n") == "\n\n one\n");
    CHECK(split("one\u2028two") == "one\u2028|two");
}

TEST_CASE("full-width stops need no blank") {
    CHECK(split("我们收集数据。您同意吗？是！") == "我们收集数据。|您同意吗？|是！");
    CHECK(split("「はい。」 次") == "「はい。」 |次");
    CHECK(split("何？！はい") == "何？！|はい");
}

TEST_CASE("empty and blank texts") {
    CHECK(text::sentence_ends("").empty());
    CHECK(text::sentence_ends(" \n ") == std::vector<std::uint32_t>{3});
    CHECK(text::sentence_ends("...") == std::vector<std::uint32_t>{3});
    CHECK(text::sentence_ends("。") == std::vector<std::uint32_t>{3});
}

TEST_CASE("random text is covered by its sentences") {
    constexpr std::array<std::string_view, 24> pieces = {
        "We", "it", "No", "e.g", "Inc", "5",      "A", ".", ".", ". ",   "! ",       "?",
        "…",  "。", " ",  "\n",  "\r",  "\u00A0", ")", "”", "é", "\xFF", "\xE3\x80", "•"};
    std::mt19937 random(99);
    for (int round = 0; round < 20'000; ++round) {
        std::string text;
        for (std::size_t length = random() % 20; length > 0; --length) {
            text += pieces[random() % pieces.size()];
        }
        CAPTURE(text);
        CHECK(is_sound(text));
    }
}

TEST_CASE("a megabyte of anything is covered by its sentences") {
    for (const std::string_view piece :
         {".", ". ", "A.", "A. ", " ", "\n", "a", "\"", ".\"", "Inc. ", "1. ", "。", "\xFF",
          "\xE2\x80", "…", "((", "\u00A0"}) {
        std::string text;
        while (text.size() < 1'000'000) {
            text += piece;
        }
        CAPTURE(piece);
        CHECK(is_sound(text));
    }
}

}  // namespace smallprint

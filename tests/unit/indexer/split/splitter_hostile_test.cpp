// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/model/section.h"
#include "indexer/split/splitter.h"
#include "tests/support/piece_checks.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace smallprint {
namespace {

std::string repeated(std::string_view part, std::size_t times) {
    std::string whole;
    for (std::size_t i = 0; i < times; ++i) {
        whole += part;
    }
    return whole;
}

std::vector<Piece> pieces_of(std::string_view source) {
    return split::Splitter().split_markdown(source);
}

// Splits, checks the pieces, returns their texts without white space.
std::string text_of(std::string_view source) {
    const std::vector<Piece> pieces = pieces_of(source);
    REQUIRE(complaint_about(pieces, source) == "");
    std::string text = joined_texts(pieces);
    std::erase_if(text, [](char c) { return c == ' ' || c == '\n'; });
    return text;
}

}  // namespace

TEST_CASE("an endless stretch of one character is kept whole, in parts") {
    const std::string stretch(1'000'000, 'a');
    CHECK(text_of(stretch) == stretch);
    CHECK(pieces_of(stretch).size() > 10);
    const std::string letters = repeated("é", 300'000);
    CHECK(text_of(letters) == letters);
}

TEST_CASE("a hundred thousand markers give sound pieces, and the word behind them is found") {
    static constexpr auto k_markers = std::to_array<std::string_view>(
        {"[",           "]",           "*",        "**",     ">",
         "> ",          "|",           "_",        "`",      "![",
         "](",          "<",           "&",        "&#",     "\\",
         "#",           "# ",          "~",        "* ",     "- ",
         "1. ",         "**a ",        "_a*b ",    "[a](",   "<a ",
         "<!--",        "$",           "a|",       "|a",     "  * a\n",
         "* a\n\n",     "# a\n",       "a\n---\n", "```\n",  "a|b\n--|--\n",
         "**a** .\n\n", "a  \n",       "\n\n",     "\r",     "\r\n",
         "\t",          "- \n",        "a\n\n",    "a:\n\n", "[a](#b)\n\n",
         "\xC2\xA0",    "\xE2\x80\x8B"});
    for (const std::string_view marker : k_markers) {
        CAPTURE(marker);
        const std::string text = text_of(repeated(marker, 100'000) + "\n\nsurvivor");
        CHECK(text.ends_with("survivor"));
    }
}

TEST_CASE("lists nested ever deeper give sound pieces") {
    std::string source;
    for (std::size_t depth = 0; depth < 1500; ++depth) {
        source += std::string(depth, ' ') + "* item\n";
    }
    CHECK(text_of(source) == repeated("•item", 1500));
    CHECK(text_of(repeated("> ", 20'000) + "quoted deeply") == "quoteddeeply");
}

TEST_CASE("a policy in one paragraph is cut, with or without ends of sentences") {
    const std::string sentences = repeated("We keep your data for a year. ", 30'000);
    CHECK(text_of(sentences) == repeated("Wekeepyourdataforayear.", 30'000));
    const std::string words = repeated("data about you ", 60'000);
    CHECK(text_of(words) == repeated("dataaboutyou", 60'000));
    const std::string japanese = repeated("個人情報を保護します。", 27'000);
    CHECK(text_of(japanese) == japanese);
    CHECK(pieces_of(japanese).size() > 100);
}

TEST_CASE("any bytes give sound pieces") {
    std::mt19937 random(7);
    std::uniform_int_distribution<int> byte(0, 255);
    for (std::size_t size = 0; size < 3000; size += 7) {
        std::string source(size, '\0');
        std::ranges::generate(source, [&] { return static_cast<char>(byte(random)); });
        CAPTURE(size);
        REQUIRE(complaint_about(pieces_of(source), source) == "");
    }
}

TEST_CASE("any mixture of markers gives sound pieces") {
    static constexpr auto k_parts = std::to_array<std::string_view>(
        {"a",        "b",   " ",    " ",       "\n",   "\n\n", "*", "**",           "_",
         "[",        "](",  ")",    "<",       ">",    "|",    "-", "---",          "#",
         "# ",       "1. ", "* ",   "`",       "```",  "\\",   "&", "&lt;",         "&#0;",
         "\t",       "\r",  "  \n", "http://", "\xFF", "\xC3", "é", "\xE2\x80\x8B", "\x1B",
         "\xC2\x9B", ".",   ":",    "www.",    "@",    "==="});
    std::mt19937 random(11);
    std::uniform_int_distribution<std::size_t> part(0, k_parts.size() - 1);
    for (int round = 0; round < 4000; ++round) {
        std::string source;
        for (std::size_t i = part(random) * 3; i > 0; --i) {
            source += k_parts[part(random)];
        }
        CAPTURE(source);
        REQUIRE(complaint_about(pieces_of(source), source) == "");
    }
}

TEST_CASE("NUL and other controls never reach a text") {
    std::string source = "data base \x1B(31mred\x07 \xC2\x9B"
                         "1m text";
    source[4] = '\0';
    CHECK(text_of(source) == "data\xEF\xBF\xBD"
                             "base(31mred›1mtext");
}

}  // namespace smallprint

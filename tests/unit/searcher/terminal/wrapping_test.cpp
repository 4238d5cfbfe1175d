// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/text/utf8.h"
#include "searcher/terminal/page.h"
#include "searcher/told/styled_text.h"
#include "tests/support/sample_results.h"

#include <doctest/doctest.h>

#include <cstddef>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace smallprint {
namespace {

std::string plain(const told::StyledText& line) {
    std::string text;
    for (const told::Span& span : line) {
        text += span.text;
    }
    return text;
}

std::vector<std::string> lines_of(std::string_view text, std::size_t width,
                                  const terminal::Box& box = {}) {
    std::vector<std::string> lines;
    for (const told::StyledText& line :
         terminal::wrapped({{told::Style::plain, std::string(text)}}, width, box)) {
        lines.push_back(plain(line));
    }
    return lines;
}

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("lines are filled up to the width and broken at blanks") {
    CHECK(lines_of("we may sell your data", 11) == Lines{"we may sell", "your data"});
    CHECK(lines_of("we may  sell\tyour data", 10) == Lines{"we may", "sell your", "data"});
    CHECK(lines_of("", 10) == Lines{""});
    CHECK(lines_of("  ", 10) == Lines{""});
}

TEST_CASE("a newline begins a line") {
    CHECK(lines_of("Brightloaf\n1 Mill Lane\n\nUSA", 40) ==
          Lines{"Brightloaf", "1 Mill Lane", "", "USA"});
}

TEST_CASE("a word that is longer than a line is broken inside") {
    CHECK(lines_of("see https://a.example/privacy now", 10) ==
          Lines{"see", "https://a.", "example/pr", "ivacy now"});
}

TEST_CASE("wide characters count two columns and may be parted from each other") {
    CHECK(lines_of("個人情報を販売", 8) == Lines{"個人情報", "を販売"});
    CHECK(lines_of("data 個人 x", 7) == Lines{"data 個", "人 x"});
}

TEST_CASE("combining characters stay with their letter and take no room") {
    const std::string e = "e\u0301";
    CHECK(lines_of(e + e + e + e + e + e + e + e + e + e, 8) ==
          Lines{e + e + e + e + e + e + e + e, e + e});
    CHECK(lines_of("caf" + e + "s now", 9) == Lines{"caf" + e + "s now"});
}

TEST_CASE("styles go on over the end of a line") {
    const auto lines = terminal::wrapped({{told::Style::plain, "we may "},
                                          {told::Style::match, "sell your personal data"},
                                          {told::Style::plain, ", too."}},
                                         13);
    REQUIRE(lines.size() == 3);
    CHECK(lines[0] ==
          told::StyledText{{told::Style::plain, "we may "}, {told::Style::match, "sell"}});
    CHECK(lines[1] == told::StyledText{{told::Style::match, "your personal"}});
    CHECK(lines[2] ==
          told::StyledText{{told::Style::match, "data"}, {told::Style::plain, ", too."}});
}

TEST_CASE("a match inside a word does not part it") {
    const auto lines = terminal::wrapped({{told::Style::plain, "re"},
                                          {told::Style::match, "sell"},
                                          {told::Style::plain, "ing data"}},
                                         10);
    REQUIRE(lines.size() == 2);
    CHECK(plain(lines[0]) == "reselling");
    CHECK(lines[0].size() == 3);
}

TEST_CASE("gutters stand inside the width") {
    const terminal::Box box = {.first_gutter = {{told::Style::dim, "1. "}},
                               .gutter = {{told::Style::dim, "   "}}};
    CHECK(lines_of("we may sell your data", 14, box) == Lines{"1. we may sell", "   your data"});
}

TEST_CASE("what is longer than the lines allowed ends in an ellipsis after a whole word") {
    const terminal::Box box = {.most_lines = 2};
    CHECK(lines_of("we may sell your data to them", 11, box) ==
          Lines{"we may sell", "your data …"});
    CHECK(lines_of("we may sell your data too today", 13, box) ==
          Lines{"we may sell", "your data …"});
    CHECK(lines_of("we may sell", 11, box) == Lines{"we may sell"});
}

TEST_CASE("the further lines of a list item are indented") {
    CHECK(lines_of("You can:\n• ask us what we know\n2. have it deleted", 12) ==
          Lines{"You can:", "• ask us", "  what we", "  know", "2. have it", "   deleted"});
}

TEST_CASE("a text is cut to columns with an ellipsis") {
    CHECK(terminal::shortened("brightloaf.example", 10) == "brightloa…");
    CHECK(terminal::shortened("short", 10) == "short");
    CHECK(terminal::shortened("個人情報", 5) == "個人…");
    CHECK(terminal::shortened("a\nb", 5) == "a b");
}

TEST_CASE("whatever the text, lines fit and nothing but blanks is lost") {
    constexpr std::string_view letters[] = {"a",    "bc", " ",  "\n",   "個",      "e\u0301", "🍪",
                                            "\x1b", "•",  "1.", "\xff", "privacy", "\u202e"};
    std::mt19937 random(7);  // NOLINT: the same every time
    for (int round = 0; round < 2000; ++round) {
        std::string text;
        for (auto parts = random() % 40; parts > 0; --parts) {
            text += letters[random() % std::size(letters)];
        }
        const std::size_t width = 16 + random() % 30;
        std::string again;
        for (const std::string& line : lines_of(text, width)) {
            CHECK(text::display_width(line) <= width);
            CHECK(is_harmless(line));
            again += line;
        }
        std::string wanted = text::terminal_safe(text);
        std::erase_if(again, [](char c) { return c == ' ' || c == '\n'; });
        std::erase_if(wanted, [](char c) { return c == ' ' || c == '\n'; });
        CHECK(again == wanted);
    }
}

}  // namespace smallprint

// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/base/strings.h"

#include <doctest/doctest.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace smallprint {
namespace {

TEST_CASE("letters, digits and blanks are those of ASCII") {
    CHECK(is_letter('a'));
    CHECK(is_letter('Z'));
    CHECK_FALSE(is_letter('\xE9'));
    CHECK_FALSE(is_digit('\xB2'));
    CHECK(is_one_of('b', "abc"));
    CHECK_FALSE(is_one_of('\0', "abc"));
    CHECK(lower_ascii("ÄB c") == "Äb c");
    CHECK(equals_ignoring_case("Content-Type", "content-TYPE"));
    CHECK_FALSE(equals_ignoring_case("content", "content-type"));
}

TEST_CASE("trimming takes the blanks off both ends and leaves those inside") {
    CHECK(trimmed(" \t\r\n\v\f") == "");
    CHECK(trimmed("") == "");
    CHECK(trimmed("  a b\n") == "a b");
    CHECK(trimmed("a") == "a");
    CHECK(trimmed("\n a \n", " ") == "\n a \n");
    CHECK(is_blank(" \t\n"));
    CHECK(is_blank(""));
    CHECK_FALSE(is_blank("\xC2\xA0"));
    CHECK_FALSE(is_blank("\n", " \t"));
}

TEST_CASE("text is cut at marks, and at its end") {
    std::string_view rest = "a,,b";
    CHECK(cut_until(rest, ',') == "a");
    CHECK(cut_until(rest, ',') == "");
    CHECK(rest == "b");
    CHECK(cut_until(rest, ',') == "b");
    CHECK(rest.empty());
    CHECK(cut_until(rest, ',') == "");
}

TEST_CASE("texts are joined") {
    CHECK(join({}, ", ") == "");
    CHECK(join(std::vector<std::string>{"a", "", "b"}, ", ") == "a, , b");
}

TEST_CASE("a number is the whole text or nothing") {
    CHECK(parse_number<int>("-12") == -12);
    CHECK(parse_number<unsigned>("0012") == 12U);
    CHECK(parse_number<unsigned>("fF", 16) == 255U);
    CHECK(parse_number<double>("0.5") == 0.5);
    for (const std::string_view text : {"", "-", "-1", "+1", " 1", "1 ", "1x", "256", "１"}) {
        CAPTURE(text);
        CHECK(parse_number<std::uint8_t>(text) == std::nullopt);
    }
}

}  // namespace
}  // namespace smallprint

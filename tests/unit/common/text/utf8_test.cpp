// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/text/utf8.h"

#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>

namespace smallprint {
namespace {

std::u32string characters(std::string_view text) {
    std::u32string read;
    for (std::size_t offset = 0; offset < text.size();) {
        read += text::next_character(text, offset);
    }
    return read;
}

std::string random_bytes(std::mt19937& random) {
    // Lead and continuation bytes more often than chance would have them.
    constexpr std::string_view likely = "\x80\xBF\xC0\xC2\xE0\xE2\xED\xEF\xF0\xF4\xF5\xA0\x9F\x8F";
    std::string bytes;
    for (std::size_t length = random() % 20; length > 0; --length) {
        bytes += random() % 2 == 0 ? likely[random() % likely.size()]
                                   : static_cast<char>(random() % 256);
    }
    return bytes;
}

}  // namespace

TEST_CASE("characters of every length are read and written") {
    CHECK(characters("aé€🍪") == U"aé€🍪");
    for (const char32_t c :
         {0x0U, 0x7FU, 0x80U, 0x7FFU, 0x800U, 0xD7FFU, 0xE000U, 0xFFFFU, 0x10000U, 0x10FFFFU}) {
        std::string text;
        text::append_utf8(text, c);
        CHECK(text::is_valid_utf8(text));
        CHECK(characters(text) == std::u32string(1, c));
    }
}

TEST_CASE("what is no character is written as U+FFFD") {
    std::string text;
    text::append_utf8(text, 0xD800);
    text::append_utf8(text, 0xDFFF);
    text::append_utf8(text, 0x110000);
    CHECK(text == "\uFFFD\uFFFD\uFFFD");
}

TEST_CASE("validity follows RFC 3629") {
    for (const std::string_view valid : {"", "plain text, long enough for blocks", "é€🍪", "\uFFFD",
                                         "\xED\x9F\xBF", "\xF4\x8F\xBF\xBF"}) {
        CHECK(text::is_valid_utf8(valid));
    }
    for (const std::string_view invalid :
         {"\x80", "\xC0\x80", "\xC1\xBF", "\xE0\x9F\xBF", "\xED\xA0\x80", "\xF0\x8F\xBF\xBF",
          "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xFF", "\xC3", "\xE2\x82", "\xF0\x9F\x8D",
          "twelve bytes and then \xE9"}) {
        CHECK_FALSE(text::is_valid_utf8(invalid));
    }
    CHECK(text::is_valid_utf8(std::string_view("\0", 1)));
}

TEST_CASE("each maximal ill-formed part becomes one U+FFFD") {
    // The example of the Unicode Standard, table 3-8 and its neighbours.
    CHECK(characters("\x61\xF1\x80\x80\xE1\x80\xC2\x62\x80\x63\x80\xBF\x64") ==
          U"a\uFFFD\uFFFD\uFFFDb\uFFFDc\uFFFD\uFFFDd");
    CHECK(characters("\xC0\xAF\xE0\x80\xBF\xF0\x81\x82\x41") ==
          U"\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFDA");
    CHECK(characters("\xED\xA0\x80\xED\xBF\xBF\xED\xAF\x41") ==
          U"\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFDA");
    CHECK(characters("\xE1\x80\xE2\xF0\x91\x92\xF1\xBF\x41") == U"\uFFFD\uFFFD\uFFFD\uFFFDA");
    CHECK(text::repaired_utf8("caf\xE9 and \xE2\x82") == "caf\uFFFD and \uFFFD");
    CHECK(text::repaired_utf8("caf\u00E9") == "caf\u00E9");
}

TEST_CASE("a prefix never cuts a character in two") {
    CHECK(text::utf8_prefix("aé", 3) == "aé");
    CHECK(text::utf8_prefix("aé", 2) == "a");
    CHECK(text::utf8_prefix("aé", 1) == "a");
    CHECK(text::utf8_prefix("🍪", 3) == "");
    CHECK(text::utf8_prefix("x🍪y", 5) == "x🍪");
    CHECK(text::utf8_prefix("abc", 100) == "abc");
    CHECK(text::utf8_prefix("abc", 0) == "");
    CHECK(text::utf8_prefix("\x80\x80\x80\x80\x80\x80", 5).size() == 5);
}

TEST_CASE("display width counts terminal columns") {
    CHECK(text::display_width("cookies") == 7);
    CHECK(text::display_width("e\u0301te\u0301") == 3);
    CHECK(text::display_width("個人") == 4);
    CHECK(text::display_width("\uFF21") == 2);
    CHECK(text::display_width("🍪") == 2);
    CHECK(text::display_width("\u1112\u1161\u11AB") == 2);
    CHECK(text::display_width("a\u200Bb") == 2);
    CHECK(text::display_width("") == 0);
}

TEST_CASE("terminals never see controls, overrides or invalid bytes") {
    CHECK(text::terminal_safe("plain\ttext\nand é個🍪") == "plain\ttext\nand é個🍪");
    CHECK(text::terminal_safe("\x1b[31mred\x07") == "\\x1b[31mred\\x07");
    CHECK(text::terminal_safe("a\rb\x7F") == "a\\x0db\\x7f");
    CHECK(text::terminal_safe(std::string_view("\0", 1)) == "\\x00");
    CHECK(text::terminal_safe("\u202Egpj.exe\u202C") == "\\u202egpj.exe\\u202c");
    CHECK(text::terminal_safe("\u2066\u2069\u200E\u200F\u061C") ==
          "\\u2066\\u2069\\u200e\\u200f\\u061c");
    CHECK(text::terminal_safe("\u2028\u2029\u0085\u009B31m") == "\\u2028\\u2029\\u0085\\u009b31m");
    CHECK(text::terminal_safe("caf\xE9 \xE2\x82") == "caf\\xe9 \\xe2\\x82");
    CHECK(text::terminal_safe("\uFFFD") == "\uFFFD");
}

TEST_CASE("random bytes come out of every function as valid UTF-8") {
    std::mt19937 random(7);
    for (int round = 0; round < 50'000; ++round) {
        const std::string text = random_bytes(random);
        const std::string repaired = text::repaired_utf8(text);
        const std::string safe = text::terminal_safe(text);
        CHECK(text::is_valid_utf8(repaired));
        CHECK(text::is_valid_utf8(safe));
        CHECK((repaired == text) == text::is_valid_utf8(text));
        CHECK(characters(repaired) == characters(text));
        CHECK(text::terminal_safe(safe) == safe);
        for (const char c : safe) {
            const bool allowed = static_cast<std::uint8_t>(c) >= 0x20 || c == '\n' || c == '\t';
            CHECK(allowed);
        }
        const std::size_t cut = random() % 20;
        const std::string_view prefix = text::utf8_prefix(text, cut);
        CHECK(prefix.size() <= cut);
        CHECK(text::is_valid_utf8(text::utf8_prefix(repaired, cut)));
    }
}

}  // namespace smallprint

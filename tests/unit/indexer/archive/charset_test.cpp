// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/text/utf8.h"
#include "indexer/archive/charset.h"

#include <doctest/doctest.h>

#include <cstddef>
#include <random>
#include <string>
#include <string_view>

namespace smallprint {
namespace {

using namespace std::string_view_literals;

std::string times(std::string_view text, int count) {
    std::string all;
    for (int i = 0; i < count; ++i) {
        all += text;
    }
    return all;
}

}  // namespace

TEST_CASE("ASCII and UTF-8 stay as they are") {
    for (const std::string_view text : {""sv, "We keep data."sv, "Données personnelles €"sv,
                                        "個人情報"sv, "U+FFFD by the author: \xEF\xBF\xBD"sv}) {
        for (const std::string_view declared : {""sv, "utf-8"sv, "nonsense"sv}) {
            const archive::DecodedText decoded = archive::decode_text(text, declared);
            CHECK(decoded.text == text);
            CHECK(decoded.charset.empty());
            CHECK(decoded.replaced == 0);
            CHECK_FALSE(decoded.mojibake);
        }
    }
}

TEST_CASE("a byte order mark decides and is dropped") {
    CHECK(archive::decode_text("\xEF\xBB\xBFtext", "").text == "text");
    CHECK(archive::decode_text("\xEF\xBB\xBF\xC3\xA9", "gbk").text == "é");
    CHECK(archive::decode_text("\xFF\xFEh\0\xE9\0"sv, "utf-8").text == "hé");
    CHECK(archive::decode_text("\xFF\xFEh\0\xE9\0"sv, "").charset == "UTF-16LE");
    CHECK(archive::decode_text("\xFE\xFF\0h\xD8\x3D\xDE\x00"sv, "").text == "h😀");
    CHECK(archive::decode_text("\xFF\xFE\0\0h\0\0\0"sv, "").text == "h");
    CHECK(archive::decode_text("\0\0\xFE\xFF\0\0\0h"sv, "").text == "h");
}

TEST_CASE("the charset that is declared goes before that of the page") {
    const std::string page = "<meta charset=windows-1251>\xE4\xF6\xFC";
    CHECK(archive::decode_text(page, "").text.ends_with("дць"));
    CHECK(archive::decode_text(page, "iso-8859-1").text.ends_with("äöü"));
    CHECK(archive::decode_text(page, "iso-8859-1").charset == "windows-1252");
    CHECK(archive::decode_text(page, "nonsense").text.ends_with("дць"));
}

TEST_CASE("charsets of many bytes are converted") {
    CHECK(archive::decode_text("\x8C\xC2\x90\x6C\x8F\xEE\x95\xF1", "Shift_JIS").text == "個人情報");
    CHECK(archive::decode_text("\xB8\xC4\xBF\xCD\xBE\xF0\xCA\xF3", "EUC-JP").text == "個人情報");
    CHECK(archive::decode_text("\xD2\xFE\xCB\xBD", "gb2312").text == "隐私");
    CHECK(archive::decode_text("\xC1\xF4\xA8\x70", "big5").text == "隱私");
    CHECK(archive::decode_text("\xB0\xB3\xC0\xCE", "euc-kr").text == "개인");
    CHECK(archive::decode_text("\x1B$B8D?M\x1B(B", "iso-2022-jp").text == "個人");
    CHECK(archive::decode_text("\xF0\xCF\xCC\xC9", "koi8-r").text == "Поли");
    CHECK(archive::decode_text("h\0\xE9\0"sv, "utf-16").text == "hé");
}

TEST_CASE("curly quotes of windows-1252 are quotes whatever ISO-8859-1 says") {
    CHECK(archive::decode_text("\x93we\x94 \x96 \x80", "ISO-8859-1").text == "“we” – €");
}

TEST_CASE("UTF-16 without a mark is known by its zeros") {
    std::string text;
    for (const char c : "<p>We keep your data.</p>"sv) {
        text += {c, '\0'};
    }
    CHECK(archive::decode_text(text, "").text == "<p>We keep your data.</p>");
    CHECK(archive::decode_text(std::string(1, '\0') + text.substr(0, text.size() - 1), "utf-16le")
              .charset == "UTF-16BE");
}

TEST_CASE("zeros alone do not make text UTF-16") {
    CHECK(archive::decode_text("a\0b"sv, "").text == "a\0b"sv);
    CHECK(archive::decode_text("We keep\0 your data.\0"sv, "").text == "We keep\0 your data.\0"sv);
}

TEST_CASE("a charset in which the bytes mean little is passed over") {
    // Declared UTF-8, is windows-1252.
    const archive::DecodedText quotes = archive::decode_text("\x93quoted\x94 caf\xE9", "utf-8");
    CHECK(quotes.text == "“quoted” café");
    CHECK(quotes.charset == "windows-1252");
    // Declared Latin-1, is Shift_JIS.
    const std::string japanese =
        times("\x8C\xC2\x90\x6C\x8F\xEE\x95\xF1\x82\xCC\x8E\xE6\x88\xB5\x82\xA2\x81\x41", 20);
    CHECK(archive::decode_text(japanese, "iso-8859-1").text == times("個人情報の取扱い、", 20));
}

TEST_CASE("valid UTF-8 is UTF-8 though another charset is declared") {
    CHECK(archive::decode_text("caf\xC3\xA9", "iso-8859-1").text == "café");
    CHECK(archive::decode_text("<meta charset=windows-1251>\xD0\xBF", "").text.ends_with("п"));
    CHECK(archive::decode_text(times("隐私政策", 5), "gbk").text == times("隐私政策", 5));
    // A few characters of GBK can be valid UTF-8 by accident; there the label is believed.
    CHECK(archive::decode_text("\xC4\xA3\xCA\xBD", "gbk").text == "模式");
}

TEST_CASE("a few signs in English text are those of windows-1252") {
    CHECK(archive::decode_text("Foo\xAE, Bar\xAE and Baz\xAE of San Jos\xE9", "").text ==
          "Foo®, Bar® and Baz® of San José");
    CHECK(archive::decode_text("We\x92re Caf\xE9", "").text == "We’re Café");
}

TEST_CASE("a few broken sequences do not make UTF-8 something else") {
    const archive::DecodedText decoded = archive::decode_text(times("donn\xC3\xA9"
                                                                    "es ",
                                                                    20) +
                                                                  "\x92 \xE2\x80",
                                                              "");
    CHECK(decoded.text == times("données ", 20) + "\uFFFD \uFFFD");
    CHECK(decoded.replaced == 2);
    CHECK(decoded.charset.empty());
}

TEST_CASE("replaced sequences are counted") {
    const archive::DecodedText decoded =
        archive::decode_text(times("\xD2\xFE\xCB\xBD", 20) + "\xFF", "gbk");
    CHECK(decoded.text == times("隐私", 20) + "\uFFFD");
    CHECK(decoded.replaced == 1);
}

TEST_CASE("text that was encoded twice is told and left as it is") {
    const archive::DecodedText decoded =
        archive::decode_text("We\xC3\xA2\xE2\x82\xAC\xE2\x84\xA2re donn\xC3\x83\xC2"
                             "\xA9"
                             "es d\xC3\xA2\xE2\x82\xAC\xE2\x84\xA2 una",
                             "utf-8");
    CHECK(decoded.mojibake);
    CHECK(decoded.text == "Weâ€™re donnÃ©es dâ€™ una");
    CHECK_FALSE(
        archive::decode_text("Société\u00A0: «\u00A0É\u00A0» À\u00A0É\u00A0É\u00A0", "").mojibake);
    CHECK_FALSE(archive::decode_text("Não São Ãš only once", "").mojibake);
    CHECK_FALSE(archive::decode_text("INFORMAÇÕES PESSOAIS À — É “É” “À”", "").mojibake);
}

TEST_CASE("any bytes become valid UTF-8 of bounded size") {
    std::mt19937 random(7);
    for (int round = 0; round < 300; ++round) {
        std::string bytes(random() % 600, '\0');
        for (char& c : bytes) {
            c = static_cast<char>(random());
        }
        for (const std::string_view declared :
             {""sv, "utf-8"sv, "gbk"sv, "shift_jis"sv, "iso-2022-jp"sv, "utf-16"sv, "big5"sv,
              "euc-tw"sv, "hz-gb-2312"sv, "iso-8859-16"sv}) {
            const archive::DecodedText decoded = archive::decode_text(bytes, declared);
            CHECK(text::is_valid_utf8(decoded.text));
            CHECK(decoded.text.size() <= bytes.size() * 3 + 16);
        }
    }
}

TEST_CASE("a large page of broken bytes takes no longer than its size") {
    CHECK(archive::decode_text(std::string(std::size_t{8} << 20U, '\xE9'), "").replaced == 0);
    const std::string escapes = times("\x1B$B", 1 << 20U);
    CHECK(text::is_valid_utf8(archive::decode_text(escapes, "iso-2022-jp").text));
}

}  // namespace smallprint

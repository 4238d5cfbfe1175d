// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/text/analyzer.h"
#include "common/text/utf8.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <random>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace smallprint {
namespace {

// The words of `text` with a blank between; a joined form as "word/width@position".
std::string words(std::string_view text) {
    text::Tokenizer tokenizer;
    std::string list;
    for (const text::Token& token : tokenizer.tokenize(text)) {
        list += list.empty() ? "" : " ";
        list += token.word;
        if (token.width > 1) {
            list += "/" + std::to_string(token.width) + "@" + std::to_string(token.position);
        }
    }
    return list;
}

// What each token covers in the text, with | between.
std::string shown(std::string_view text) {
    text::Tokenizer tokenizer;
    std::string list;
    for (const text::Token& token : tokenizer.tokenize(text)) {
        list += list.empty() ? "" : "|";
        list += text.substr(token.begin, token.end - token.begin);
    }
    return list;
}

std::string repeated(std::string_view piece, std::size_t bytes) {
    std::string text;
    while (text.size() < bytes) {
        text += piece;
    }
    return text;
}

bool is_sound_word(std::string_view word) {
    const bool has_control = std::ranges::any_of(
        word, [](char c) { return static_cast<std::uint8_t>(c) <= 0x20 || c == 0x7F; });
    return !word.empty() && word.size() <= 64 && text::is_valid_utf8(word) && !has_control;
}

bool is_inside_character(std::string_view text, std::size_t offset) {
    return offset < text.size() && (static_cast<std::uint8_t>(text[offset]) & 0xC0U) == 0x80U;
}

// What holds for the tokens of any text.
bool keeps_promises(std::string_view text, const std::vector<text::Token>& tokens) {
    const bool valid = text::is_valid_utf8(text);
    std::uint32_t next_position = 0;
    std::uint32_t last_end = 0;
    for (const auto& [begin, end, position, width, word] : tokens) {
        const bool cuts_character =
            valid && (is_inside_character(text, begin) || is_inside_character(text, end));
        const bool is_in_order = width > 1 ? position + width <= next_position && end <= last_end
                                           : position == next_position && begin >= last_end;
        if (begin >= end || end > text.size() || cuts_character || !is_in_order ||
            !is_sound_word(word)) {
            return false;
        }
        next_position += width > 1 ? 0 : 1;
        last_end = std::max(last_end, end);
    }
    return true;
}

std::string random_text(std::mt19937& random, std::span<const std::string_view> pieces) {
    std::string text;
    for (std::size_t length = random() % 24; length > 0; --length) {
        text += random() % 16 == 0 ? std::string(1, static_cast<char>(random() % 256))
                                   : pieces[random() % pieces.size()];
    }
    return text;
}

}  // namespace

TEST_CASE("words are runs of letters and digits in lower case") {
    CHECK(words("We DO NOT sell your Personal Data.") == "we do not sell your personal data");
    CHECK(words("IPv6, 2FA and cookie1") == "ipv6 2fa and cookie1");
    CHECK(words("") == "");
    CHECK(words(" \n\t—…!?") == "");
    CHECK(shown("  (Cookies)  ") == "Cookies");
}

TEST_CASE("accents, ligatures and width do not matter") {
    CHECK(words("Données PRIVÉES") == "donnees privees");
    CHECK(words("Straße STRASSE") == "strasse strasse");
    CHECK(words("con\uFB01dential e\uFB03cient") == "confidential efficient");
    CHECK(words("\uFF23\uFF4F\uFF4F\uFF4B\uFF49\uFF45\uFF11") == "cookie1");
    CHECK(words("mise en ŒUVRE, cœur") == "mise en oeuvre coeur");
    CHECK(words("e\u0301te\u0301") == "ete");
    CHECK(words("ılık ILIK ilik İLİK") == "ilik ilik ilik ilik");
    CHECK(words("ΣΊΣΥΦΟΣ σίσυφος") == "σισυφοσ σισυφοσ");
    CHECK(words("Конфиденциальность") == "конфиденциальность");
    CHECK(words("cookies\u00B9 5\u00BD") == "cookies 5");
    CHECK(words("\u0301 \u20E3") == "");
}

TEST_CASE("composed and decomposed spellings are the same word, marks that spell stay") {
    CHECK(words("\uD55C\uAD6D\uC5B4") == words("\u1112\u1161\u11AB\u1100\u116E\u11A8\u110B\u1165"));
    CHECK(words("\u304C") == words("\u304B\u3099"));
    CHECK(words("\u0B94") == words("\u0B92\u0BD7"));
    CHECK(words("\uFF76\uFF9E") == words("\u30AC"));
    CHECK(words("\u0915\u0940") != words("\u0915\u093E"));
    CHECK(words("\u0E21\u0E38") != words("\u0E21\u0E39"));
    CHECK(words("\u05E9\u05C1\u05B8") == "\u05E9");
    CHECK(words("\u304C") != words("\u304B"));
}

TEST_CASE("soft hyphens and zero-width characters inside a word are skipped") {
    CHECK(words("infor\u00ADma\u00ADtion") == "information");
    CHECK(words("coo\u200Bkies da\u200Dta \uFEFFwe\u2060b") == "cookies data web");
    CHECK(shown("data\u00AD we") == "data|we");
}

TEST_CASE("scripts without blanks give a word for each character, Hangul gives words") {
    CHECK(words("個人情報") == "個 人 情 報");
    CHECK(words("クッキーを使う") == "ク ッ キ ー を 使 う");
    CHECK(words("개인정보 처리방침") == "개인정보 처리방침");
    CHECK(words("ข้อมูล") == "ข้ อ มู ล");
    CHECK(shown("使use用") == "使|use|用");
}

TEST_CASE("possessives lose their s, other apostrophes are dropped") {
    CHECK(words("the user's data") == "the user data");
    CHECK(shown("the user's data") == "the|user|data");
    CHECK(words("users' rights") == "users rights");
    CHECK(words("user’s USER'S userʼs") == "user user user");
    CHECK(words("don't won’t we're") == "dont wont were");
    CHECK(words("O'Brien and 'quoted'") == "obrien and quoted");
    CHECK(words("the 1990's at 5'10") == "the 1990 at 5 10");
    CHECK(words("rock''n roll '''") == "rock n roll");
}

TEST_CASE("elided articles are dropped before a vowel") {
    CHECK(words("l'utilisateur d’un s'applique") == "utilisateur un applique");
    CHECK(shown("l'utilisateur") == "utilisateur");
    CHECK(words("Lorsqu'il qu’elle jusqu'au d'aujourd'hui") == "il elle au aujourdhui");
    CHECK(words("dell'utente nell’ambito l'homme") == "utente ambito homme");
    CHECK(words("C's c'mon") == "c cmon");
}

TEST_CASE("hyphenated words give their parts and a joined form") {
    CHECK(words("opt-out") == "opt out optout/2@0");
    CHECK(words("your e-mail address") == "your e mail email/2@1 address");
    CHECK(words("third\u2010party non\u2011EU") == "third party thirdparty/2@0 non eu noneu/2@2");
    CHECK(words("opt_out") == "opt out optout/2@0");
    CHECK(shown("an opt-out's end") == "an|opt|out|opt-out|end");
    CHECK(words("up-to-the-minute") == "up to the minute uptotheminute/4@0");
}

TEST_CASE("dashes, slashes, long chains and digits join nothing") {
    CHECK(words("a-b-c-d-e") == "a b c d e");
    CHECK(words("cookies–we") == "cookies we");
    CHECK(words("cookies—we and--so") == "cookies we and so");
    CHECK(words("and/or") == "and or");
    CHECK(words("GPT-4 covid-19") == "gpt 4 covid 19");
    CHECK(words("-opt -out-") == "opt out");
    CHECK(words("a+b C++") == "a b c");
}

TEST_CASE("numbers keep their points, thousands lose their commas") {
    CHECK(words("1.5 TLS 1.2") == "1.5 tls 1.2");
    CHECK(words("1,000 10,000,000 1,000.50") == "1000 10000000 1000.50");
    CHECK(words("30.06.2018.") == "30.06.2018");
    CHECK(words("2,5 0,125 1.000,50 1,2,345") == "2,5 0,125 1.000,50 1,2,345");
    CHECK(words("Section 5.1.a") == "section 5.1 a");
    CHECK(words("2018-05-25") == "2018 05 25");
    CHECK(shown("pay 1,000.") == "pay|1,000");
    CHECK(words("10, 20 and 5.We") == "10 20 and 5 we");
}

TEST_CASE("acronyms keep the dots between their letters") {
    CHECK(words("U.S. law, e.g. the U.S.A.") == "u.s law e.g the u.s.a");
    CHECK(shown("the U.S. law") == "the|U.S|law");
    CHECK(words("us") == "us");
    CHECK(words("e.g.this") == "e.g this");
    CHECK(words("non-U.S. residents") == "non u.s residents");
    CHECK(words("Ph.D.") == "ph d");
}

TEST_CASE("mail addresses give their parts, the address and its host") {
    CHECK(words("Privacy@Samanage.com.") ==
          "privacy samanage com privacy@samanage.com/3@0 samanage.com/2@1");
    CHECK(words("mailto:data.protection@my-firm.co.uk") ==
          "mailto data protection my firm co uk data.protection@my-firm.co.uk/6@1 "
          "my-firm.co.uk/4@3");
    CHECK(words("PRIVACY@EXAMPLE.COM") ==
          "privacy example com privacy@example.com/3@0 example.com/2@1");
    CHECK(words("a+b@c.de") == "a b c de a+b@c.de/4@0 c.de/2@2");
    CHECK(words("dpo@example.com.We") == "dpo example com dpo@example.com/3@0 example.com/2@1 we");
    CHECK(words("follow @handle, me@home") == "follow handle me home");
    CHECK(shown("(dpo@a.eu)") == "dpo|a|eu|dpo@a.eu|a.eu");
}

TEST_CASE("hosts give their parts and the host without www") {
    CHECK(words("see www.a.example today") == "see www a example a.example/2@2 today");
    CHECK(words("https://www.example.com/privacy?x=1") ==
          "https www example com example.com/2@2 privacy x 1");
    CHECK(words("https://acme.technology/") == "https acme technology acme.technology/2@1");
    CHECK(words("at samanage.com's site") == "at samanage com samanage.com/2@1 site");
    CHECK(words("www.com http://localhost:80") == "www com http localhost 80");
    CHECK(words("a.co-op.org-based") == "a co op org a.co-op.org/4@0 based");
    CHECK(shown("www.a.example") == "www|a|example|a.example");
}

TEST_CASE("a blank missing after a full stop does not make a host") {
    CHECK(words("cookies.We use cookies.They") == "cookies we use cookies they");
    CHECK(words("your data.it is") == "your data it is");
    CHECK(words("index.html node.js") == "index html node js");
    CHECK(words("Example.Com") == "example com");
}

TEST_CASE("a word is cut at a character to 64 bytes, a longer joined form is left out") {
    CHECK(words(std::string(64, 'A')) == std::string(64, 'a'));
    CHECK(words(std::string(65, 'a')) == std::string(64, 'a'));
    CHECK(words(std::string(63, 'a') + "п") == std::string(63, 'a'));
    CHECK(words(repeated("1.", 100) + "1") == repeated("1.", 64));
    CHECK(words(repeated("абв", 90)) == repeated("абв", 60) + "аб");
    const std::string half(32, 'a');
    CHECK(words(half + "-" + half) == half + " " + half + " " + half + half + "/2@0");
    CHECK(words(half + "-b" + half) == half + " b" + half);
    CHECK(words(half + "@" + half + ".com") == half + " " + half + " com " + half + ".com/2@1");
}

TEST_CASE("a tokenizer can be used again and moved, and its words outlive the text") {
    text::Tokenizer first;
    first.tokenize(repeated("many different words ", 200'000));
    text::Tokenizer tokenizer = std::move(first);
    auto text = std::make_unique<std::string>("Short a-b");
    const std::vector<text::Token>& tokens = tokenizer.tokenize(*text);
    text.reset();
    REQUIRE(tokens.size() == 4);
    CHECK(tokens[0].word == "short");
    CHECK(tokens[3].word == "ab");
    CHECK(tokens[3].position == 1);
}

TEST_CASE("random text keeps the promises and gives the same tokens each time") {
    constexpr auto pieces = std::to_array<std::string_view>(
        {"a",      "B",      "é",   "ß", "users", "1",      "1,000",  "com",    "www",    "l",
         "s",      "u.s",    "個",  "ข้", "한",    "\u0301", "\u3099", "\u0BD7", "\u00AD", "\u200B",
         "\uFDFA", "\uFF9E", "'",   "’", "-",     "\u2011", "_",      ".",      ",",      "@",
         "+",      "/",      "://", " ", "\n",    "\xE2",   "\uFFFD", "🍪",     "\u0958", "info"});
    std::mt19937 random(20180525);
    text::Tokenizer tokenizer;
    for (int round = 0; round < 20'000; ++round) {
        const std::string text = random_text(random, pieces);
        CAPTURE(text);
        CHECK(keeps_promises(text, tokenizer.tokenize(text)));
        CHECK(words(text) == words(text));
    }
}

TEST_CASE("every character of Unicode is folded to something words may contain") {
    text::Tokenizer tokenizer;
    for (char32_t c = 0; c <= 0x10FFFF; ++c) {
        std::string text;
        text::append_utf8(text, c);
        text.append("a ").append(text);
        if (!keeps_promises(text, tokenizer.tokenize(text))) {
            FAIL("character " << static_cast<std::uint32_t>(c));
        }
    }
}

TEST_CASE("a megabyte of anything ends with sound tokens") {
    text::Tokenizer tokenizer;
    for (const std::string_view piece :
         {"a",  "'",      "a'",   "l'a",      "-",       "a-",           "a@",     "@",
          ".",  "a.",     "1.",   "1,",       "aa.com",  "a.com-",       "www.",   "://a.b",
          "a_", "a+",     "é",    "\u0301",   "a\u0301", "\u304B\u3099", "\u00AD", "a\u00AD",
          "個", "\uFDFA", "\xFF", "\xE2\x80", "s's",     "a.a@",         "aa-aa.", ",1"}) {
        const std::string text = repeated(piece, 1'000'000);
        CAPTURE(piece);
        CHECK(keeps_promises(text, tokenizer.tokenize(text)));
    }
    CHECK(tokenizer.tokenize(std::string(1'000'000, '\0')).empty());
}

}  // namespace smallprint

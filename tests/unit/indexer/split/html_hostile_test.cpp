// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/model/section.h"
#include "indexer/split/splitter.h"
#include "tests/support/piece_checks.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace smallprint {
namespace {

constexpr auto k_markup = std::to_array<std::string_view>({"<p>",
                                                           "</p>",
                                                           "<div>",
                                                           "</div>",
                                                           "<li>",
                                                           "<ul>",
                                                           "</ul>",
                                                           "<ol start=",
                                                           "<table>",
                                                           "</table>",
                                                           "<tr>",
                                                           "<td>",
                                                           "<th>",
                                                           "</td>",
                                                           "<h1>",
                                                           "</h1>",
                                                           "<b>",
                                                           "</b>",
                                                           "<a href=x>",
                                                           "</a>",
                                                           "<br>",
                                                           "<br/>",
                                                           "<dl>",
                                                           "<dt>",
                                                           "<dd>",
                                                           "</dl>",
                                                           "<pre>",
                                                           "</pre>",
                                                           "<!--",
                                                           "-->",
                                                           "<script>",
                                                           "</script>",
                                                           "<title>",
                                                           "</title>",
                                                           "<body>",
                                                           "</body>",
                                                           "<html>",
                                                           "</html>",
                                                           "<head>",
                                                           "<nav>",
                                                           "</nav>",
                                                           "<form>",
                                                           "<select>",
                                                           "<option>",
                                                           "<svg>",
                                                           "</svg>",
                                                           "<x-y>",
                                                           "</x-y>",
                                                           "a",
                                                           "word ",
                                                           " ",
                                                           "\n",
                                                           "\r\n",
                                                           "&amp;",
                                                           "&",
                                                           "&#1;",
                                                           "<",
                                                           ">",
                                                           "\"",
                                                           "'",
                                                           "=",
                                                           "/",
                                                           "/>",
                                                           "\xFF",
                                                           "é",
                                                           "\xE2\x80\x8B",
                                                           "\x1B",
                                                           "<div/>",
                                                           "<a/>",
                                                           "<td/>",
                                                           "<p class='nav'>",
                                                           "<div hidden>",
                                                           "<details><summary>",
                                                           "<plaintext>",
                                                           "<textarea>",
                                                           "<!doctype html>"});

constexpr std::size_t k_megabyte = 1'000'000;

std::string repeated(std::string_view part, std::size_t times) {
    std::string whole;
    whole.reserve(part.size() * times);
    for (std::size_t i = 0; i < times; ++i) {
        whole += part;
    }
    return whole;
}

// Splits, checks the pieces, returns their texts without white space.
std::string text_of(std::string_view page) {
    const std::vector<Piece> pieces = split::Splitter().split_html(page);
    REQUIRE(complaint_about(pieces, page) == "");
    std::string text = joined_texts(pieces);
    std::erase_if(text, [](char c) { return c == ' ' || c == '\n'; });
    return text;
}

}  // namespace

TEST_CASE("a page of nothing has no pieces") {
    CHECK(split::Splitter().split_html("").empty());
    CHECK(split::Splitter().split_html(" \n ").empty());
    CHECK(split::Splitter().split_html("<html><head></head><body></body></html>").empty());
}

TEST_CASE("what is nested too deeply keeps its text") {
    for (const std::string_view name : {"div", "b", "font", "ul", "li", "table", "td", "blockquote",
                                        "a", "span", "x-y", "dl", "form"}) {
        CAPTURE(name);
        const std::string open = fmt::format("<{}>", name);
        const std::string close = fmt::format("</{}>", name);
        const std::string text = text_of(repeated(open, 100'000) + "inside" +
                                         repeated(close, 100'000) + "<p>behind</p>");
        CHECK(text.find("inside") != std::string::npos);
        CHECK(text.ends_with("behind"));
    }
}

TEST_CASE("text at every depth is kept, in order") {
    std::string page;
    std::string expected;
    for (int i = 0; i < 20'000; ++i) {
        page += fmt::format("<div>w{} ", i);
        expected += fmt::format("w{}", i);
    }
    CHECK(text_of(page) == expected);
}

TEST_CASE("lists and headings are found behind elements that are never closed") {
    const std::vector<Piece> pieces = split::Splitter().split_html(
        repeated("<font>", 5000) +
        "<h2>Cookies</h2><p>We use cookies on our pages, and you may refuse them at any time.</p>");
    REQUIRE(pieces.size() == 2);
    CHECK(pieces[0].kind == PieceKind::heading);
    CHECK(pieces[0].level == 2);
}

TEST_CASE("a hundred thousand end tags that close nothing take no time") {
    const std::string deep = repeated("<div><i>", 100'000);
    CHECK(text_of(deep + repeated("</b></span></p></table>", 100'000) + "<p>text") == "text");
}

TEST_CASE("attributes without number take no time") {
    std::string tag = "<div ";
    for (int i = 0; i < 300'000; ++i) {
        tag += fmt::format("a{}='{}' ", i, i);
    }
    CHECK(text_of(tag + ">inside</div>behind") == "insidebehind");
    CHECK(text_of("<p " + repeated("class=x ", 300'000) + ">inside") == "inside");
    CHECK(text_of("<p " + repeated("href ", 300'000) + ">inside") == "inside");
    CHECK(text_of("<a a$=\"> <b " + repeated("id=x ", 300'000) + "> \">inside") == "inside");
}

TEST_CASE("a megabyte of any markup gives sound pieces") {
    for (const std::string_view part : {"<",
                                        "<b>",
                                        "<p>x",
                                        "&",
                                        "&amp;",
                                        "<!--",
                                        "<!-- -->",
                                        "<a href='",
                                        "<a b=\"",
                                        "</p>",
                                        "</",
                                        "<br>",
                                        "<td>x",
                                        "<li>x",
                                        "<script>",
                                        "<style></style>",
                                        "x ",
                                        "x\x01",
                                        "<table><tr><td>",
                                        "<!x",
                                        "<?x>",
                                        "<h1>x</h1>",
                                        "<dt>x<dd>y",
                                        "<svg>",
                                        "<title>x",
                                        "BEGIN WAYBACK TOOLBAR INSERT",
                                        "<!-- BEGIN WAYBACK TOOLBAR INSERT -->",
                                        "<a href=x>y</a>",
                                        "\xFF",
                                        "<option>x",
                                        "<pre>\n\nx",
                                        "<div class=nav-menu id=cookie>",
                                        "<p style='display:none'>"}) {
        CAPTURE(part);
        const std::string page = repeated(part, k_megabyte / part.size());
        CHECK(complaint_about(split::Splitter().split_html(page), page) == "");
    }
}

TEST_CASE("a page of sixteen megabytes ends soon") {
    for (const std::string_view part :
         {"words of a text ", "<div class=x>", "<li>item", "<a href=x>y</a>"}) {
        CAPTURE(part);
        const std::string page = repeated(part, 16 * k_megabyte / part.size());
        CHECK(complaint_about(split::Splitter().split_html(page), page) == "");
    }
}

TEST_CASE("an entity bomb is text") {
    std::string page = "<!DOCTYPE html [<!ENTITY a0 \"ha\">";
    for (int i = 1; i < 30; ++i) {
        page += fmt::format("<!ENTITY a{} \"&a{};&a{};\">", i, i - 1, i - 1);
    }
    page += "]><p>&a29;</p><p>behind</p>";
    const std::string text = text_of(page);
    CHECK(text.size() < 2000);
    CHECK(text.ends_with("behind"));
}

TEST_CASE("external entities and documents are never read") {
    const std::string page =
        "<!DOCTYPE html SYSTEM \"file:///etc/passwd\" [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>"
        "<p>&x; text</p>";
    CHECK(text_of(page).find("root") == std::string::npos);
}

TEST_CASE("what nothing closes keeps its text") {
    CHECK(text_of("<p>before <!-- comment <b>after</b>") == "beforeafter");
    CHECK(text_of("<p>before <a href=\"x>link</a> after") == "beforelinkafter");
    CHECK(text_of("<p class='x>text <b>more") == "textmore");
    CHECK(text_of("<table><tr><td>cell<ul><li>item<p>text") == "cell•itemtext");
    CHECK(text_of("text <b") == "text");
    CHECK(text_of("text </b") == "text");
    CHECK(text_of("1 < 2 and a<3, b<<i>c</i>") == "1<2anda<3,b<c");
    CHECK(text_of("<title>Title<p>text").find("text") != std::string::npos);
}

TEST_CASE("text behind the end of the document is kept") {
    CHECK(text_of("<html><body><p>a</p></body></html><p>b</p></html>c<body><p>d") == "abcd");
}

TEST_CASE("NUL, controls and invalid UTF-8 never reach a text") {
    using namespace std::string_view_literals;
    CHECK(text_of("<p>a\0b"sv) == "a\xEF\xBF\xBD"
                                  "b");
    CHECK(text_of("<p>a\xFF"
                  "b&#0;&#27;c\x1B d&#xD800;e&#1114112;")
              .starts_with("a\xEF\xBF\xBD"
                           "b"));
    CHECK(text_of("<p title='\xE2\x82'>a\xE2\x82</p>b") == "a\xEF\xBF\xBD\xEF\xBF\xBD"
                                                           "b");
    CHECK(text_of("<p>\xED\xA0\x80 \xEF\xBF\xBE \xF4\x90\x80\x80 end").ends_with("end"));
}

TEST_CASE("any bytes give sound pieces") {
    std::mt19937 random(7);
    std::uniform_int_distribution<int> byte(0, 255);
    for (std::size_t size = 0; size < 3000; size += 7) {
        std::string page(size, '\0');
        std::ranges::generate(page, [&] { return static_cast<char>(byte(random)); });
        CAPTURE(size);
        REQUIRE(complaint_about(split::Splitter().split_html(page), page) == "");
    }
}

TEST_CASE("any mixture of markup gives sound pieces") {
    std::mt19937 random(11);
    std::uniform_int_distribution<std::size_t> part(0, k_markup.size() - 1);
    for (int round = 0; round < 6000; ++round) {
        std::string page;
        for (std::size_t i = part(random) * 2; i > 0; --i) {
            page += k_markup[part(random)];
        }
        CAPTURE(page);
        REQUIRE(complaint_about(split::Splitter().split_html(page), page) == "");
    }
}

}  // namespace smallprint

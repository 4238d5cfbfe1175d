// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/model/section.h"
#include "indexer/split/character_reference.h"
#include "indexer/split/splitter.h"
#include "tests/support/piece_checks.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace smallprint {
namespace {

// Of a page and of a Markdown text that hold this one paragraph.
std::string page_text(const std::string& inside) {
    const std::string page = "<p>" + inside + "</p>";
    const std::vector<Piece> pieces = split::Splitter().split_html(page);
    REQUIRE(complaint_about(pieces, page) == "");
    REQUIRE(pieces.size() == 1);
    return pieces[0].text;
}

std::string markdown_text(const std::string& inside) {
    const std::vector<Piece> pieces = split::Splitter().split_markdown(inside);
    REQUIRE(complaint_about(pieces, inside) == "");
    REQUIRE(pieces.size() == 1);
    return pieces[0].text;
}

struct Case {
    std::string source;
    std::string text;
};

}  // namespace

TEST_CASE("references are read in pages and in Markdown as browsers read them") {
    const std::vector<Case> cases = {
        {"We don&#146;t sell", "We don’t sell"},
        {"We don&#x92;t &#147;sell&#148; at &#128;5 &#150; &#x85;", "We don’t “sell” at €5 – …"},
        {"We don\xC2\x92t sell \xC2\x93x\xC2\x94", "We don’t sell “x”"},
        {"one&nbsp;two&nbspthree", "one two three"},
        {"&copy 2020, caf&eacute and caf&eacutes", "© 2020, café and cafés"},
        {"a&commat;b&period;c one&hairsp;two", "a@b.c one two"},
        {"we&rsquo;re &NotEqualTilde; &nGt;", "we’re ≂̸ ≫⃒"},
        {"AT&T, R&D; &rsquo &unknown; &amp;amp;", "AT&T, R&D; &rsquo &unknown; &amp;"},
        {"don&#39t &#xe9x &#X41; &# &#x; &#;", "don't éx A &# &#x; &#;"},
        {"&notit; &notin;", "¬it; ∉"},
        {"a&#0;b&#xD800;c&#1114112;d&#99999999999999999999;e", "a�b�c�d�e"},
        {"&lt;b&gt; is a tag", "<b> is a tag"},
    };
    for (const Case& each : cases) {
        CAPTURE(each.source);
        CHECK(page_text(each.source) == each.text);
        CHECK(markdown_text(each.source) == each.text);
    }
}

TEST_CASE("the end of a reference is told") {
    CHECK(split::read_character_reference("&copy;x").size == 6);
    CHECK(split::read_character_reference("&copyx").size == 5);
    CHECK(split::read_character_reference("&#65x").size == 4);
    CHECK(split::read_character_reference("&x").size == 0);
    CHECK(split::read_character_reference("").size == 0);
    CHECK(split::read_character_reference("&CounterClockwiseContourIntegral;").first == 0x2233);
}

TEST_CASE("in Markdown, a parameter of an address, an escape and code are no references") {
    CHECK(markdown_text("See http://x.example/?a=1&copy=2&region=eu for it") ==
          "See http://x.example/?a=1&copy=2&region=eu for it");
    CHECK(markdown_text("A \\&copy; is written `&copy;` here") ==
          "A &copy; is written &copy; here");
}

TEST_CASE("a reference that the parser's buffer parts is read once") {
    for (std::size_t size = 990; size < 1010; ++size) {
        for (const std::string_view before : {"x", "é"}) {
            std::string filler;
            while (filler.size() + before.size() <= size) {
                filler += before;
            }
            const std::string text = page_text(filler + "&eacute;&nbspz");
            CHECK(text == filler + "é z");
        }
    }
}

TEST_CASE("many references take linear time and lose no text") {
    std::string source;
    constexpr std::size_t k_times = 20'000;
    for (std::size_t i = 0; i < k_times; ++i) {
        source += "&&amp;&#38&#x26;&ampx";
    }
    std::size_t signs = 0;
    for (const Piece& piece : split::Splitter().split_html("<p>" + source)) {
        signs += static_cast<std::size_t>(std::ranges::count(piece.text, '&'));
    }
    CHECK(signs == 5 * k_times);
    const std::string digits(200'000, '9');
    CHECK(page_text("a &#" + digits + "; b") == "a � b");
}

}  // namespace smallprint

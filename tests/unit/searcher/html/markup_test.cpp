// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/text/utf8.h"
#include "searcher/diff/word_diff.h"
#include "searcher/html/markup.h"
#include "tests/support/sample_results.h"

#include <doctest/doctest.h>

#include <cstdint>
#include <string>

using namespace smallprint;

TEST_CASE("what stands between backticks is code, and nothing of it is markup") {
    CHECK(html::coded("`a` or <b> `c`") == "<code>a</code> or &lt;b&gt; <code>c</code>");
    CHECK(html::coded("") == "");
    CHECK(html::coded("never `ended") == "never <code>ended</code>");
}

TEST_CASE("markup in a text is shown, not obeyed") {
    CHECK(html::escaped("<script>alert('x')</script> & \"y\"") ==
          "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; &quot;y&quot;");
}

TEST_CASE("controls, bidirectional overrides and ill-formed bytes become replacement characters") {
    CHECK(html::escaped("a\x01z") == "a\xef\xbf\xbdz");
    CHECK(html::escaped("\xe2\x80\xae right to left") == "\xef\xbf\xbd right to left");
    CHECK(html::escaped("\xe2\x81\xa6") == "\xef\xbf\xbd");
    CHECK(html::escaped("\xff") == "\xef\xbf\xbd");
    CHECK(html::escaped("\xe2\x80\xa8") == "\xef\xbf\xbd");
    CHECK(text::is_valid_utf8(html::escaped(k_hostile)));
    CHECK(is_harmless(html::escaped(k_hostile)));
}

TEST_CASE("newlines, tabs and the marks of Hebrew and Arabic stay") {
    CHECK(html::escaped("a\n\tb\xe2\x80\x8f") == "a\n\tb\xe2\x80\x8f");
}

TEST_CASE("a highlight is set into the line it is in") {
    CHECK(html::marked("We sell data", {{3, 7}}) ==
          R"(<span class="line">We <mark>sell</mark> data</span>)");
}

TEST_CASE("a highlight over two lines is closed and opened again") {
    CHECK(html::marked("a b\nc d", {{2, 5}}) == R"(<span class="line">a <mark>b</mark></span>)"
                                                R"(<span class="line"><mark>c</mark> d</span>)");
}

TEST_CASE("items of a list are told apart from other lines") {
    CHECK(html::marked("We share:\n• data", {}) ==
          R"(<span class="line">We share:</span><span class="line item">• data</span>)");
}

TEST_CASE("a short text is not cut") {
    const html::Excerpt whole = html::excerpt("sell data", {}, 100);
    CHECK_FALSE(whole.cut);
    CHECK(whole.html == R"(<span class="line">sell data</span>)");
}

TEST_CASE("a long text is cut around its first highlight") {
    std::string text;
    for (int i = 0; i < 20'000; ++i) {
        text += i == 10'000 ? "needle " : "word ";
    }
    const auto at = static_cast<std::uint32_t>(text.find("needle"));
    const html::Excerpt part = html::excerpt(text, {{at, at + 6}}, 400);
    CHECK(part.cut);
    CHECK(part.html.size() < 700);
    CHECK(part.html.find("<mark>needle</mark>") != std::string::npos);
    CHECK(part.html.find("…") != std::string::npos);
}

TEST_CASE("a text without blanks is cut at a character") {
    std::string text;
    for (int i = 0; i < 1000; ++i) {
        text += "個";
    }
    CHECK(text::is_valid_utf8(html::excerpt(text, {}, 400).html));
    CHECK(text::is_valid_utf8(html::beginning(text, 100)));
    CHECK(html::beginning(text, 100).size() < 110);
}

TEST_CASE("two wordings are shown as one text with deletions and insertions") {
    const std::string before = "We do not sell <data>";
    const std::string after = "We may sell <data>";
    const std::string html = html::word_changes(before, after, diff::diff_words(before, after));
    CHECK(html.find("<del>do not</del>") != std::string::npos);
    CHECK(html.find("<ins>may</ins>") != std::string::npos);
    CHECK(html.find("&lt;data&gt;") != std::string::npos);
}

TEST_CASE("a message becomes a sentence") {
    CHECK(html::sentence("this quote is never closed") == "This quote is never closed.");
    CHECK(html::sentence("did you mean 'x'?") == "Did you mean 'x'?");
}

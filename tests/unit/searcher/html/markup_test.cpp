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
    CHECK(coded("`a` or <b> `c`") == "<code>a</code> or &lt;b&gt; <code>c</code>");
    CHECK(coded("") == "");
    CHECK(coded("never `ended") == "never <code>ended</code>");
}

TEST_CASE("markup in a text is shown, not obeyed") {
    CHECK(escaped("<script>alert('x')</script> & \"y\"") ==
          "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; &quot;y&quot;");
}

TEST_CASE("controls, bidirectional overrides and ill-formed bytes become replacement characters") {
    CHECK(escaped("a\x01z") == "a\xef\xbf\xbdz");
    CHECK(escaped("\xe2\x80\xae right to left") == "\xef\xbf\xbd right to left");
    CHECK(escaped("\xe2\x81\xa6") == "\xef\xbf\xbd");
    CHECK(escaped("\xff") == "\xef\xbf\xbd");
    CHECK(escaped("\xe2\x80\xa8") == "\xef\xbf\xbd");
    CHECK(is_valid_utf8(escaped(k_hostile)));
    CHECK(is_harmless(escaped(k_hostile)));
}

TEST_CASE("newlines, tabs and the marks of Hebrew and Arabic stay") {
    CHECK(escaped("a\n\tb\xe2\x80\x8f") == "a\n\tb\xe2\x80\x8f");
}

TEST_CASE("a highlight is set into the line it is in") {
    CHECK(marked("We sell data", {{3, 7}}) ==
          R"(<span class="line">We <mark>sell</mark> data</span>)");
}

TEST_CASE("a highlight over two lines is closed and opened again") {
    CHECK(marked("a b\nc d", {{2, 5}}) == R"(<span class="line">a <mark>b</mark></span>)"
                                          R"(<span class="line"><mark>c</mark> d</span>)");
}

TEST_CASE("items of a list are told apart from other lines") {
    CHECK(marked("We share:\n• data", {}) ==
          R"(<span class="line">We share:</span><span class="line item">• data</span>)");
}

TEST_CASE("a short text is not cut") {
    const Excerpt whole = excerpt("sell data", {}, 100);
    CHECK_FALSE(whole.cut);
    CHECK(whole.html == R"(<span class="line">sell data</span>)");
}

TEST_CASE("a long text is cut around its first highlight") {
    std::string text;
    for (int i = 0; i < 20'000; ++i) {
        text += i == 10'000 ? "needle " : "word ";
    }
    const auto at = static_cast<std::uint32_t>(text.find("needle"));
    const Excerpt part = excerpt(text, {{at, at + 6}}, 400);
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
    CHECK(is_valid_utf8(excerpt(text, {}, 400).html));
    CHECK(is_valid_utf8(beginning(text, 100)));
    CHECK(beginning(text, 100).size() < 110);
}

TEST_CASE("two wordings are shown as one text with deletions and insertions") {
    const std::string before = "We do not sell <data>";
    const std::string after = "We may sell <data>";
    const std::string html = word_changes(before, after, diff_words(before, after));
    CHECK(html.find("<del>do not</del>") != std::string::npos);
    CHECK(html.find("<ins>may</ins>") != std::string::npos);
    CHECK(html.find("&lt;data&gt;") != std::string::npos);
}

TEST_CASE("a message becomes a sentence") {
    CHECK(sentence("this quote is never closed") == "This quote is never closed.");
    CHECK(sentence("did you mean 'x'?") == "Did you mean 'x'?");
}

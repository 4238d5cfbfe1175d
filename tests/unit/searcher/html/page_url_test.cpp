// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/html/page_url.h"
#include "searcher/html/search_state.h"
#include "searcher/request/filters.h"
#include "tests/support/sample_results.h"

#include <doctest/doctest.h>

using namespace smallprint;

TEST_CASE("only web addresses are linked to") {
    CHECK(html::web_link("https://www.example.com/a?b=c"));
    CHECK(html::web_link("HTTP://example.com/"));
    CHECK_FALSE(html::web_link("javascript:alert(1)"));
    CHECK_FALSE(html::web_link(" javascript:alert(1)"));
    CHECK_FALSE(html::web_link("java\nscript:alert(1)"));
    CHECK_FALSE(html::web_link("data:text/html,<script>"));
    CHECK_FALSE(html::web_link("//example.com/"));
    CHECK_FALSE(html::web_link("https://"));
    CHECK_FALSE(html::web_link("https://example.com/\" onclick=\"x"));
    CHECK_FALSE(html::web_link(""));
}

TEST_CASE("a capture of the Wayback Machine is linked to with its banner") {
    const auto link = html::archive_link(
        "https://web.archive.org/web/20180524081210id_/https://www.example.com/legal");
    CHECK((link && link->url ==
                       "https://web.archive.org/web/20180524081210/https://www.example.com/legal"));
    CHECK((link && link->label == "Wayback Machine"));
}

TEST_CASE("another archive is linked to as it is, a script not at all") {
    const auto link = html::archive_link("https://github.com/OpenTermsArchive/x/commit/1");
    CHECK((link && link->label == "Archived copy"));
    CHECK_FALSE(html::archive_link("javascript:alert(1)"));
}

TEST_CASE("what a user wrote cannot leave its place in an address") {
    CHECK(html::PageUrl("/").add("q", "a&b=c #%\"é").text() == "/?q=a%26b%3Dc+%23%25%22%C3%A9");
    CHECK(html::clause_url("../x?y") == "/clause/..%2Fx%3Fy");
    CHECK(html::policy_url("a.example", day("2014-03-02")) == "/policy/a.example?at=2014-03-02");
}

TEST_CASE("a search is its address, without what is empty") {
    html::SearchState state;
    state.q = "sell data";
    state.filters[request::Filter::vendor] = {"a.example", "b.example"};
    state.filters[request::Filter::from] = {"2014"};
    state.page = 3;
    CHECK(html::search_url(state) ==
          "/?q=sell+data&vendor=a.example&vendor=b.example&from=2014&page=3");
    CHECK(html::search_url(html::SearchState{}) == "/");
}

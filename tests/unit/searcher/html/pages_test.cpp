// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/base/error.h"
#include "common/text/utf8.h"
#include "searcher/diff/diff.h"
#include "searcher/html/pages.h"
#include "searcher/html/search.h"
#include "searcher/html/search_state.h"
#include "searcher/html/site.h"
#include "searcher/html/trend.h"
#include "searcher/html/web/web_files.h"
#include "searcher/index/clause_view.h"
#include "searcher/over_time/history.h"
#include "searcher/over_time/trend.h"
#include "searcher/request/filters.h"
#include "searcher/search/results.h"
#include "tests/support/sample_results.h"

#include <doctest/doctest.h>

#include <string>
#include <string_view>

using namespace smallprint;

namespace {

class SiteOf {
public:
    explicit SiteOf(const index::IndexOverview& overview)
        : m_facts(html::archive_facts(overview)) {}

    html::Site site() const { return {html::WebFiles::built_in(), m_facts}; }

private:
    html::ArchiveFacts m_facts;
};

bool has(const std::string& page, std::string_view part) {
    return page.find(part) != std::string::npos;
}

// Nothing in it can run, nor come from elsewhere, nor style an element by itself.
void check_safe(const std::string& page) {
    CHECK(text::is_valid_utf8(page));
    CHECK(is_harmless(page));
    CHECK_FALSE(has(page, "<script>"));
    CHECK_FALSE(has(page, "href=\"javascript:"));
    CHECK_FALSE(has(page, " style=\""));
    CHECK_FALSE(has(page, " onclick="));
    CHECK_FALSE(has(page, "{{#"));
    CHECK_FALSE(has(page, "[no template"));
    CHECK(page.starts_with("<!doctype html>"));
    CHECK(page.ends_with("</html>\n"));
}

std::string page_of(const search::SearchResults& results, const html::SearchState& state) {
    const SiteOf site(sample_overview());
    return html::search_page({.state = state, .results = &results}, site.site());
}

// The sample's results with these counts beside them.
std::string page_of(const search::Facets& facets, const html::SearchState& state) {
    search::SearchResults results = sample_results();
    results.facets = facets;
    return page_of(results, state);
}

constexpr std::string_view k_script = "</p><script>alert(1)</script><img src=x onerror=alert(1)>";

search::SearchResults scripted_results() {
    search::SearchResults results = sample_results();
    index::ClauseView& clause = results.hits.front().clause;
    for (std::string* text : {&clause.text, &clause.before[0], &clause.heading_path[0],
                              &clause.policy.vendor, &clause.policy.type, &clause.lead_in}) {
        *text += k_script;
    }
    clause.archive_url = "javascript:alert(1)";
    clause.source_url = "javascript:alert(1)";
    clause.links = {{0, 2, "javascript:alert(1)"}, {3, 6, "https://ok.example/"}};
    return results;
}

}  // namespace

TEST_CASE("whatever an archive holds, a page stays a page") {
    html::SearchState state;
    state.q = std::string(k_script) + std::string(k_hostile);
    state.filters[request::Filter::vendor] = {state.q};
    state.filters[request::Filter::heading] = {state.q};
    check_safe(page_of(hostile_results(), state));
    const std::string page = page_of(scripted_results(), state);
    check_safe(page);
    CHECK_FALSE(has(page, "<img"));
}

TEST_CASE("a very long clause is cut, and says where the rest is") {
    search::SearchResults results = sample_results();
    std::string& text = results.hits.front().clause.text;
    for (int i = 0; i < 20'000; ++i) {
        text += " word";
    }
    const std::string page = page_of(results, {});
    CHECK(page.size() < 40'000);
    CHECK(has(page, "read all 20,"));
}

TEST_CASE("counts that are estimates are called so") {
    html::SearchState state;
    state.q = "data";
    search::Facets facets;
    facets.vendor = {{{"a.example", 1200}, {"b.example", 3}}, 0};
    facets.year = {{{"2012", 5}, {"2014", 10}}, 0};
    facets.exact = false;
    const std::string page = page_of(facets, state);
    CHECK(has(page, "Vendors <span class=\"about\">approximate</span>"));
    CHECK(has(page, "in which they stood, approximately"));
}

TEST_CASE("more values of a facet than fit are folded") {
    html::SearchState state;
    state.q = "data";
    search::Facets facets;
    for (int i = 10; i < 30; ++i) {
        facets.vendor.values.push_back({std::to_string(i) + ".example", 1});
    }
    facets.vendor.others = 31;
    const std::string page = page_of(facets, state);
    CHECK(has(page, "<summary>12 more</summary>"));
    CHECK(has(page, "and 31 more"));
}

TEST_CASE("years outside of the span are set off") {
    html::SearchState state;
    state.q = "data";
    state.filters[request::Filter::from] = {"2013-05"};
    state.filters[request::Filter::to] = {"2014"};
    search::Facets facets;
    facets.year = {{{"2012", 5}, {"2013", 5}, {"2014", 1}, {"2015", 2}}, 0};
    const std::string page = page_of(facets, state);
    CHECK(has(page, "<g class=\"year-bar outside\"><rect class=\"slot\" x=\"0%\""));
    CHECK(has(page, "<g class=\"year-bar outside\"><rect class=\"slot\" x=\"75%\""));
    CHECK(has(page, "<g class=\"year-bar\"><rect class=\"slot\" x=\"25%\""));
    CHECK(has(page, "<g class=\"year-bar\"><rect class=\"slot\" x=\"50%\""));
}

TEST_CASE("clauses that lack words are not set off where no clause has all") {
    html::SearchState state;
    state.q = "sell data";
    search::SearchResults results = sample_results();
    results.widened = true;
    results.complete = 0;
    for (search::Hit& hit : results.hits) {
        hit.complete = false;
    }
    CHECK_FALSE(has(page_of(results, state), "class=\"divide\""));
}

TEST_CASE("what the form has no field for goes with it unseen") {
    html::SearchState state;
    state.q = "data";
    state.filters[request::Filter::vendor] = {"a.example", "b.example"};
    state.filters[request::Filter::host] = {"www.a.example"};
    state.filters[request::Filter::type] = {"Terms <b>"};
    state.sort = "newest";
    state.plain = true;
    const std::string page = page_of(sample_results(), state);
    check_safe(page);
    CHECK(has(page, "type=\"hidden\" name=\"vendor\" value=\"b.example\""));
    CHECK(has(page, "type=\"hidden\" name=\"host\" value=\"www.a.example\""));
    CHECK(has(page, "type=\"hidden\" name=\"sort\" value=\"newest\""));
    CHECK(has(page, "type=\"hidden\" name=\"plain\" value=\"true\""));
    CHECK(has(page, "<option value=\"Terms &lt;b&gt;\" selected>"));
}

TEST_CASE("more than a page of results is paged") {
    search::SearchResults results = sample_results();
    results.total = 45;
    html::SearchState state;
    state.q = "data";
    state.page = 2;
    state.cursor = "1.a.b.20";
    results.next = "1.a.b.40";
    const std::string page = page_of(results, state);
    CHECK(has(page, "Page 2 of 3"));
    CHECK(has(page, "rel=\"prev\" href=\"/?q=data\""));
    CHECK(has(page, "rel=\"next\" href=\"/?q=data&amp;page=3&amp;cursor=1.a.b.40\""));
    results.next.reset();
    html::SearchState beyond = state;
    beyond.page = 90;
    search::SearchResults none = results;
    none.hits.clear();
    const std::string nothing = page_of(none, beyond);
    CHECK(has(nothing, "rel=\"prev\" href=\"/?q=data&amp;page=3\""));
    CHECK(has(nothing, "the first page: there are fewer results than that"));
    CHECK_FALSE(has(nothing, "Page 90 of"));
    state.per_vendor = "1";
    const std::string last = page_of(results, state);
    CHECK(has(last, "<span>Page 2</span>"));
    CHECK_FALSE(has(last, "rel=\"next\""));
}

TEST_CASE("a clause of a hostile archive is harmless") {
    const SiteOf site(hostile_overview());
    for (const search::SearchResults& results : {hostile_results(), scripted_results()}) {
        const index::ClauseView& clause = results.hits.front().clause;
        check_safe(html::clause_page(clause, sample_life().life.value_or(over_time::ClauseLife{}),
                                     site.site()));
    }
}

TEST_CASE("policies and comparisons of a hostile archive are harmless") {
    const SiteOf site(sample_overview());
    check_safe(html::policy_page(hostile_policy(), site.site()));
    check_safe(html::diff_page({.results = hostile_diff()}, site.site()));
}

TEST_CASE("a short comparison has no list of its sections") {
    const SiteOf site(sample_overview());
    diff::DiffResults few = sample_diff();
    few.policies.front().sections.resize(3);
    CHECK_FALSE(has(html::diff_page({.results = few}, site.site()), "Sections with changes"));
}

TEST_CASE("help and errors are pages too") {
    const SiteOf site(hostile_overview());
    check_safe(html::about_page(hostile_overview(), site.site()));
    const std::string page = html::error_page(
        {ErrorCode::not_found, std::string(k_script), "try <b>that</b>", {}}, site.site());
    check_safe(page);
}

TEST_CASE("the description of the search names the host it was asked of, escaped") {
    const std::string xml = html::opensearch_xml("http://127.0.0.1:8080/\"><x>");
    CHECK(has(xml, "template=\"http://127.0.0.1:8080/&quot;&gt;&lt;x&gt;/?q={searchTerms}\""));
}

TEST_CASE("a feed has no markup of an archive") {
    html::SearchState state;
    state.q = "sell <data>";
    const search::SearchResults results = scripted_results();
    const std::string feed = html::atom_feed({.state = state,
                                              .results = results,
                                              .base = "http://127.0.0.1:8080",
                                              .updated = "2026-01-01T00:00:00Z"});
    CHECK_FALSE(has(feed, "<script"));
    CHECK(has(feed, "&amp;lt;script"));
    CHECK(text::is_valid_utf8(feed));
}

TEST_CASE("a trend of nothing has a page") {
    const SiteOf site(sample_overview());
    const over_time::Trend nothing;
    check_safe(html::trend_page({.state = {}, .trend = &nothing}, site.site()));
}

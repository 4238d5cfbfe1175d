// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/base/error.h"
#include "common/model/date.h"
#include "common/text/utf8.h"
#include "searcher/diff/diff.h"
#include "searcher/html/atom.h"
#include "searcher/html/pages.h"
#include "searcher/html/search.h"
#include "searcher/html/search_state.h"
#include "searcher/html/site.h"
#include "searcher/html/trend.h"
#include "searcher/html/web/web_files.h"
#include "searcher/index/clause_view.h"
#include "searcher/over_time/history.h"
#include "searcher/over_time/trend.h"
#include "searcher/request/period.h"
#include "searcher/search/results.h"
#include "tests/support/sample_results.h"

#include <doctest/doctest.h>

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

using namespace smallprint;

namespace {

class SiteOf {
public:
    explicit SiteOf(const IndexOverview& overview) : m_facts(archive_facts(overview)) {}

    Site site() const { return {WebFiles::built_in(), m_facts}; }

private:
    ArchiveFacts m_facts;
};

bool has(const std::string& page, std::string_view part) {
    return page.find(part) != std::string::npos;
}

// Nothing in it can run, nor come from elsewhere, nor style an element by itself.
void check_safe(const std::string& page) {
    CHECK(is_valid_utf8(page));
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

std::string page_of(const SearchResults& results, const SearchState& state) {
    const SiteOf site(sample_overview());
    return search_page({.state = state, .results = &results}, site.site());
}

// The sample's results with these counts beside them.
std::string page_of(const Facets& facets, const SearchState& state) {
    SearchResults results = sample_results();
    results.facets = facets;
    return page_of(results, state);
}

constexpr std::string_view k_script = "</p><script>alert(1)</script><img src=x onerror=alert(1)>";

SearchResults scripted_results() {
    SearchResults results = sample_results();
    ClauseView& clause = results.hits.front().clause;
    for (std::string* text : {&clause.text, &clause.before[0], &clause.heading_path[0],
                              &clause.policy.vendor, &clause.policy.type, &clause.lead_in}) {
        *text += k_script;
    }
    clause.archive_url = "javascript:alert(1)";
    clause.source_url = "javascript:alert(1)";
    clause.links = {{0, 2, "javascript:alert(1)"}, {3, 6, "https://ok.example/"}};
    return results;
}

ClauseLife sample_life(const ClauseView& clause) {
    ClauseLife life;
    life.clause = clause;
    life.policy_snapshots = 6;
    for (const std::string_view text : {"2011-06-14", "2014-03-02", "2018-05-24", "2020-08-15"}) {
        life.captures.emplace_back(day(text));
    }
    LifeRun run;
    run.dates = clause.runs.front();
    run.replaced = {{{"vfh84xcbv5-q39tnqv3y9", "We do not sell <b>data</b>"}, 0.5}};
    life.runs = {run};
    return life;
}

}  // namespace

TEST_CASE("the first visit says what the archive holds and what to try") {
    const SiteOf site(sample_overview());
    const SearchState state;
    const std::string page = search_page({.state = state}, site.site());
    check_safe(page);
    CHECK(has(page, "name=\"q\""));
    CHECK(has(page, "sell personal data"));
    CHECK_FALSE(has(page, "class=\"hits\""));
}

TEST_CASE("a result has its vendor, highlights, neighbours, span and links") {
    SearchState state;
    state.q = "sell data";
    const std::string page = page_of(sample_results(), state);
    check_safe(page);
    CHECK(has(page, "We may <mark>sell</mark> personal <mark>data</mark>"));
    CHECK(has(page, "href=\"/clause/vfh84xcbv5-ks4tka4p2t\""));
    CHECK(has(page, "2020-08-15 – 2022-02-11"));
    CHECK(has(page, "The neighbour before."));
    CHECK(has(page, "3 other vendors"));
    CHECK(has(page, "https://web.archive.org/web/20220211150102/https://www.brightloaf.example/"));
}

TEST_CASE("whatever an archive holds, a page stays a page") {
    SearchState state;
    state.q = std::string(k_script) + std::string(k_hostile);
    state.vendors = {state.q};
    state.heading = state.q;
    check_safe(page_of(hostile_results(), state));
    const std::string page = page_of(scripted_results(), state);
    check_safe(page);
    CHECK_FALSE(has(page, "<img"));
}

TEST_CASE("a very long clause is cut, and says where the rest is") {
    SearchResults results = sample_results();
    std::string& text = results.hits.front().clause.text;
    for (int i = 0; i < 20'000; ++i) {
        text += " word";
    }
    const std::string page = page_of(results, {});
    CHECK(page.size() < 40'000);
    CHECK(has(page, "read all 20,"));
}

TEST_CASE("facets have their counts and lead to the narrower search; years are drawn and listed") {
    SearchState state;
    state.q = "data";
    state.page = 3;
    Facets facets;
    facets.vendor = {{{"a.example", 1200}, {"<b>", 3}, {"", 1}}, 4};
    facets.type = {{{"Privacy Policy", 7}}, 0};
    facets.language = {{{"en", 7}, {"de", 2}}, 0};
    facets.host = {{{"www.a.example", 7}, {"b.example", 2}}, 0};
    facets.year = {{{"2012", 5}, {"2014", 10}, {"", 2}}, 0};
    const std::string page = page_of(facets, state);
    check_safe(page);
    CHECK(has(page, "href=\"/?q=data&amp;vendor=a.example\""));
    CHECK(has(page, "1,200"));
    CHECK(has(page, "and 4 more"));
    CHECK_FALSE(has(page, "<b>"));
    CHECK_FALSE(has(page, "Documents</h2>"));
    CHECK(has(page, "href=\"/?q=data&amp;lang=de\"><bdi>German</bdi>"));
    CHECK(has(page, "href=\"/?q=data&amp;host=b.example\""));
    CHECK_FALSE(has(page, "approximate"));
    CHECK(has(page, "<title>2013: 0 clauses</title>"));
    CHECK(has(page, "href=\"/?q=data&amp;from=2014&amp;to=2014\""));
}

TEST_CASE("counts that are estimates are called so") {
    SearchState state;
    state.q = "data";
    Facets facets;
    facets.vendor = {{{"a.example", 1200}, {"b.example", 3}}, 0};
    facets.year = {{{"2012", 5}, {"2014", 10}}, 0};
    facets.exact = false;
    const std::string page = page_of(facets, state);
    CHECK(has(page, "Vendors <span class=\"about\">approximate</span>"));
    CHECK(has(page, "in which they stood, approximately"));
}

TEST_CASE("more values of a facet than fit are folded") {
    SearchState state;
    state.q = "data";
    Facets facets;
    for (int i = 10; i < 30; ++i) {
        facets.vendor.values.push_back({std::to_string(i) + ".example", 1});
    }
    facets.vendor.others = 31;
    const std::string page = page_of(facets, state);
    CHECK(has(page, "<summary>12 more</summary>"));
    CHECK(has(page, "and 31 more"));
}

TEST_CASE("years outside of the span are set off") {
    SearchState state;
    state.q = "data";
    state.from = "2013-05";
    state.to = "2014";
    Facets facets;
    facets.year = {{{"2012", 5}, {"2013", 5}, {"2014", 1}, {"2015", 2}}, 0};
    const std::string page = page_of(facets, state);
    CHECK(has(page, "<g class=\"year-bar outside\"><rect class=\"slot\" x=\"0%\""));
    CHECK(has(page, "<g class=\"year-bar outside\"><rect class=\"slot\" x=\"75%\""));
    CHECK(has(page, "<g class=\"year-bar\"><rect class=\"slot\" x=\"25%\""));
    CHECK(has(page, "<g class=\"year-bar\"><rect class=\"slot\" x=\"50%\""));
}

TEST_CASE("clauses that lack words are set off from those that have all") {
    SearchState state;
    state.q = "sell data";
    SearchResults results = sample_results();
    results.widened = true;
    results.complete = 1;
    results.total = 2;
    results.hits.resize(1);
    results.hits.front().rank = 1;
    Hit lacking = results.hits.front();
    lacking.rank = 2;
    lacking.complete = false;
    results.hits.push_back(lacking);
    const std::string page = page_of(results, state);
    CHECK(has(page, "Only 1 clause has all the words; the others lack some of them."));
    CHECK(page.find("id=\"r1\"") < page.find("class=\"divide\""));
    CHECK(page.find("class=\"divide\"") < page.find("id=\"r2\""));
    results.complete = 0;
    results.hits.erase(results.hits.begin());
    CHECK_FALSE(has(page_of(results, state), "class=\"divide\""));
}

TEST_CASE("a query with a slip has the query that was meant beside it, results or none") {
    SearchState state;
    state.q = "sel data";
    state.vendors = {"a.example"};
    state.page = 2;
    SearchResults results = sample_results();
    results.suggestion = "sell data";
    const std::string_view meant =
        "Did you mean <a href=\"/?q=sell+data&amp;vendor=a.example\"><bdi>sell data</bdi></a>?";
    CHECK(has(page_of(results, state), meant));
    results.hits.clear();
    results.total = 0;
    CHECK(has(page_of(results, state), meant));
}

TEST_CASE("what the form has no field for goes with it unseen") {
    SearchState state;
    state.q = "data";
    state.vendors = {"a.example", "b.example"};
    state.hosts = {"www.a.example"};
    state.types = {"Terms <b>"};
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

TEST_CASE("an empty answer counts the words and has something to try") {
    SearchResults results;
    results.query.text = "sell unicorns";
    results.words = {{"sell", 20, false}, {"unicorns", 0, false}};
    SearchState state;
    state.q = "sell unicorns";
    state.vendors = {"a.example"};
    const std::string page = page_of(results, state);
    check_safe(page);
    CHECK(has(page, "in 20 clauses"));
    CHECK(has(page, "in no clause"));
    CHECK(has(page, "without filters"));
}

TEST_CASE("a mistake in the query is shown at its place, with the query put right") {
    const Error error{ErrorCode::query, "this quote is never closed", "did you mean: sell \"data\"",
                      5};
    SearchState state;
    state.q = "sell \"data";
    const SiteOf site(sample_overview());
    const std::string page = search_page({.state = state, .error = &error}, site.site());
    check_safe(page);
    CHECK(has(page, "This quote is never closed."));
    CHECK(has(page, "sell <span class=\"here\">&quot;</span>data"));
    CHECK(has(page, "href=\"/?q=sell+%22data%22\""));
    CHECK(has(page, "name=\"as_of\""));
}

TEST_CASE("more than a page of results is paged") {
    SearchResults results = sample_results();
    results.total = 45;
    SearchState state;
    state.q = "data";
    state.page = 2;
    state.cursor = "1.a.b.20";
    results.next = "1.a.b.40";
    const std::string page = page_of(results, state);
    CHECK(has(page, "Page 2 of 3"));
    CHECK(has(page, "rel=\"prev\" href=\"/?q=data\""));
    CHECK(has(page, "rel=\"next\" href=\"/?q=data&amp;page=3&amp;cursor=1.a.b.40\""));
    results.next.reset();
    SearchState beyond = state;
    beyond.page = 90;
    SearchResults none = results;
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

TEST_CASE("a clause has its life, what it replaced, and how to cite it") {
    const SiteOf site(sample_overview());
    const ClauseView clause = sample_results().hits.front().clause;
    const std::string page = clause_page(clause, sample_life(clause), site.site());
    check_safe(page);
    CHECK(has(page, "@misc{smallprint-vfh84xcbv5-ks4tka4p2t"));
    CHECK(has(page, "<ins>"));
    CHECK(has(page, "&lt;b&gt;"));
    CHECK(has(page, "href=\"https://www.brightloaf.example/partners\""));
    CHECK(has(page, "href=\"/diff/vfh84xcbv5?from=2018-05-24&amp;to=2020-08-15\""));
}

TEST_CASE("a clause says between which captures it came and went") {
    const SiteOf site(sample_overview());
    const ClauseView clause = sample_results().hits.front().clause;
    ClauseLife life = sample_life(clause);
    life.runs.front().gone = CaptureTime(day("2023-04-01"));
    const std::string page = clause_page(clause, life, site.site());
    CHECK(has(page, "not yet on <time>2018-05-24</time>"));
    CHECK(has(page, "no longer on <time>2023-04-01</time>"));
}

TEST_CASE("snapshots of one day are told apart by their time, and compared with a day before") {
    const SiteOf site(sample_overview());
    PolicyTimeline timeline;
    timeline.policy.id = "vfh84xcbv5";
    for (const CaptureTime captured :
         {CaptureTime(day("2018-05-23")), CaptureTime(day("2018-05-24")) + std::chrono::hours(10),
          CaptureTime(day("2018-05-24")) + std::chrono::hours(11)}) {
        SnapshotChanges snapshot;
        snapshot.captured = captured;
        snapshot.changes = {{}};
        timeline.dated.push_back(snapshot);
    }
    History history;
    history.timelines = {timeline};
    const std::string page = vendor_page("a.example", history, site.site());
    check_safe(page);
    CHECK(has(page, "10:00 UTC"));
    CHECK(has(page, "11:00 UTC"));
    CHECK(has(page, "from=2018-05-23&amp;to=2018-05-24"));
    CHECK_FALSE(has(page, "from=2018-05-24&amp;to=2018-05-24"));
}

TEST_CASE("a clause of a hostile archive is harmless") {
    const SiteOf site(hostile_overview());
    for (const SearchResults& results : {hostile_results(), scripted_results()}) {
        const ClauseView& clause = results.hits.front().clause;
        check_safe(clause_page(clause, sample_life(clause), site.site()));
    }
}

TEST_CASE("a policy has its headings, its clauses and the day it was captured") {
    const SiteOf site(sample_overview());
    PolicyView policy = sample_policy();
    policy.captures = {CaptureTime(day("2018-05-24")), policy.captured.value_or(CaptureTime()),
                       CaptureTime(day("2022-02-11"))};
    const std::string page = policy_page(policy, site.site());
    check_safe(page);
    CHECK(has(page, "id=\"focus\""));
    CHECK(has(page, "<option selected>2020-08-15</option>"));
    CHECK(has(page, "href=\"/policy/vfh84xcbv5?at=2018-05-24\""));
    check_safe(policy_page(hostile_policy(), site.site()));
}

TEST_CASE("a comparison shows what was added, removed, reworded and moved") {
    const SiteOf site(sample_overview());
    const std::string page = diff_page({.results = sample_diff()}, site.site());
    check_safe(page);
    CHECK(has(page, "<ins>"));
    CHECK(has(page, "<del>"));
    CHECK(has(page, "class=\"change added\""));
    CHECK(has(page, "class=\"change removed\""));
    CHECK(has(page, "moved here"));
    check_safe(diff_page({.results = hostile_diff()}, site.site()));
    DiffResults few = sample_diff();
    few.policies.front().sections.resize(3);
    CHECK_FALSE(has(diff_page({.results = few}, site.site()), "Sections with changes"));
}

TEST_CASE("a long comparison begins with the sections that changed") {
    const SiteOf site(sample_overview());
    DiffResults diff = sample_diff();
    diff.request.type = "Privacy <Policy>";
    std::vector<SectionDiff>& sections = diff.policies.front().sections;
    while (sections.size() < 4) {
        sections.push_back(sections.front());
    }
    const std::string page = diff_page({.results = diff}, site.site());
    check_safe(page);
    CHECK(has(page, "Sections with changes"));
    CHECK(has(page, "href=\"#d1-4\""));
    CHECK(has(page, "id=\"d1-4\""));
    CHECK(has(page, "name=\"type\" value=\"Privacy &lt;Policy&gt;\""));
}

TEST_CASE("help and errors are pages too") {
    const SiteOf site(hostile_overview());
    check_safe(about_page(hostile_overview(), site.site()));
    const std::string help = about_page(sample_overview(), SiteOf(sample_overview()).site());
    CHECK_FALSE(has(help, "`"));
    CHECK(has(help, "<code>unknown</code>"));
    const std::string page = error_page(
        {ErrorCode::not_found, std::string(k_script), "try <b>that</b>", {}}, site.site());
    check_safe(page);
    CHECK(has(page, "Not found"));
}

TEST_CASE("the description of the search names the host it was asked of, escaped") {
    const std::string xml = opensearch_xml("http://127.0.0.1:8080/\"><x>");
    CHECK(has(xml, "template=\"http://127.0.0.1:8080/&quot;&gt;&lt;x&gt;/?q={searchTerms}\""));
}

TEST_CASE("a feed has an entry for each result, and no markup of an archive") {
    SearchState state;
    state.q = "sell <data>";
    const SearchResults results = scripted_results();
    const std::string feed = atom_feed({.state = state,
                                        .results = results,
                                        .base = "http://127.0.0.1:8080",
                                        .updated = "2026-01-01T00:00:00Z"});
    CHECK(has(feed, "<id>urn:smallprint:vfh84xcbv5-ks4tka4p2t</id>"));
    CHECK(has(feed, "<updated>2020-08-15T00:00:00Z</updated>"));
    CHECK(has(feed, "href=\"http://127.0.0.1:8080/?q=sell+%3Cdata%3E\""));
    CHECK_FALSE(has(feed, "<script"));
    CHECK(has(feed, "&amp;lt;script"));
    CHECK(is_valid_utf8(feed));
}

TEST_CASE("a trend is drawn as lines, with its numbers in a table") {
    const SiteOf site(sample_overview());
    const Period first = Period::of(day("2014-03-02"), PeriodLength::half_year);
    Trend trend;
    trend.periods = {{first, 4}, {first.plus(1), 0}, {first.plus(2), 5}};
    trend.series = {{"sell <data>", {1, 0, 3}, 3, 7}};
    trend.vendors = 6;
    TrendState state;
    state.queries = {"sell <data>"};
    const std::string page = trend_page({.state = state, .trend = &trend}, site.site());
    check_safe(page);
    CHECK(has(page, "2014H1: 1 of 4 vendors"));
    CHECK(has(page, "60%"));
    CHECK(has(page, "3 of 6 vendors, 7 clauses"));
    CHECK(has(page, "href=\"/?q=sell+%3Cdata%3E\""));
}

TEST_CASE("a trend of some vendors stays one of them when it is changed") {
    const SiteOf site(sample_overview());
    const Trend trend;
    TrendState state;
    state.queries = {"data"};
    state.vendors = {"a.example"};
    const std::string page = trend_page({.state = state, .trend = &trend}, site.site());
    CHECK(has(page, "type=\"hidden\" name=\"vendor\" value=\"a.example\""));
    CHECK(has(page, "<a href=\"/trend?q=data\">all vendors</a>"));
}

TEST_CASE("a trend of nothing, and a mistake in one, have pages") {
    const SiteOf site(sample_overview());
    const TrendState state;
    const Trend nothing;
    const std::string start = trend_page({.state = state}, site.site());
    check_safe(start);
    CHECK(has(start, "href=\"/trend?q=sell+personal+data&amp;q=%22do+not+sell%22\""));
    check_safe(trend_page({.state = state, .trend = &nothing}, site.site()));
    const Error error{ErrorCode::query, "this quote is never closed", "", 0};
    CHECK(has(trend_page({.state = state, .error = &error}, site.site()), "never closed."));
}

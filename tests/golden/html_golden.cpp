// SPDX-License-Identifier: GPL-2.0-or-later
//
// Golden pages: what the web pages make of the sample answers of tests/support has to be what
// html/NAME.html holds.
//
//   html_golden FOLDER            compares every page, shows the lines that differ
//   html_golden --update FOLDER   rewrites the expectations; read the difference

#include "common/base/error.h"
#include "common/base/version.h"
#include "common/model/date.h"
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
#include "searcher/query/ast.h"
#include "searcher/request/filters.h"
#include "searcher/search/results.h"
#include "tests/golden/golden_files.h"
#include "tests/support/sample_results.h"

#include <fmt/format.h>

#include <cstdio>
#include <exception>
#include <filesystem>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace smallprint {
namespace {

namespace fs = std::filesystem;

constexpr int k_wrong_usage = 2;

std::string replaced(std::string text, std::string_view what, std::string_view by) {
    for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size())) {
        text.replace(at, what.size(), by);
    }
    return text;
}

// The part of a page from one mark to the next, with the marks.
std::string part_of(const std::string& page, std::string_view from, std::string_view to) {
    const auto begin = page.find(from);
    const auto end = page.find(to, begin);
    if (begin == std::string::npos || end == std::string::npos) {
        throw std::runtime_error("a page has no " + std::string(from));
    }
    return page.substr(begin, end + to.size() - begin) + "\n";
}

// A page without the frame that all of them have.
std::string main_of(const std::string& page) {
    return part_of(page, "<main", "</main>");
}

// The answer of a search, without the form and the filters.
std::string found_of(const std::string& page) {
    return part_of(page, "<div class=\"found\">", "</main>");
}

html::SearchState state_of(std::string_view query) {
    html::SearchState state;
    state.q = query;
    return state;
}

// A page of results with everything that may stand on one.
search::SearchResults full_results() {
    search::SearchResults results = sample_results();
    results.facets = sample_facets();
    results.suggestion = "sell dates";
    results.synonyms = {"personal information", "<pii>"};
    results.notes = {"a note of how the query was read"};
    results.widened = true;
    results.complete = 1;
    results.hits.back().complete = false;
    results.total = 45;
    results.next = "1.a.b.20";
    return results;
}

search::SearchResults nothing_found() {
    search::SearchResults results;
    results.query = sample_results().query;
    results.query.text = "sell \"personal unicorns\"";
    results.query.root = query::Node{.kind = query::NodeKind::phrase};
    results.words = {{"sell", 20, false}, {"unicorns", 0, false}, {"the", 9, true}};
    return results;
}

index::PolicyView captured_policy() {
    index::PolicyView policy = sample_policy();
    policy.captures = {CaptureTime(day("2018-05-24")), policy.captured.value_or(CaptureTime()),
                       CaptureTime(day("2022-02-11"))};
    return policy;
}

std::string shown_life(const html::Site& site) {
    over_time::ClauseLife life = sample_life().life.value_or(over_time::ClauseLife{});
    life.clause.links = {{0, 2, "javascript:alert(1)"}, {3, 6, "https://ok.example/"}};
    return html::clause_page(life.clause, life, site);
}

void add_searches(std::vector<GoldenCase>& cases, const html::Site& site) {
    const html::SearchState first;
    cases.push_back({"first_visit.html", main_of(html::search_page({.state = first}, site))});

    html::SearchState state = state_of("sell data");
    state.filters[request::Filter::vendor] = {"brightloaf.example"};
    const search::SearchResults full = full_results();
    cases.push_back(
        {"results.html", main_of(html::search_page({.state = state, .results = &full}, site))});

    const search::SearchResults nothing = nothing_found();
    state.q = nothing.query.text;
    state.filters[request::Filter::from] = {"2014"};
    cases.push_back(
        {"nothing.html", found_of(html::search_page({.state = state, .results = &nothing}, site))});

    const Error error{ErrorCode::query, "this quote is never closed", "did you mean: sell \"data\"",
                      5};
    state = state_of("sell \"data");
    cases.push_back(
        {"mistake.html", found_of(html::search_page({.state = state, .error = &error}, site))});

    state = state_of("sell <data>");
    cases.push_back({"feed.atom", html::atom_feed({.state = state,
                                                   .results = full,
                                                   .base = "http://127.0.0.1:8080",
                                                   .updated = "2026-01-01T00:00:00Z"})});
}

void add_policies(std::vector<GoldenCase>& cases, const html::Site& site) {
    cases.push_back({"clause.html", main_of(shown_life(site))});
    cases.push_back({"policy.html", main_of(html::policy_page(captured_policy(), site))});
    const diff::DiffResults diff = sample_diff();
    cases.push_back({"diff.html", main_of(html::diff_page({.results = diff}, site))});
    diff::DiffResults same = sample_diff();
    same.request.type = "Privacy <Policy>";
    same.policies.front().sections.clear();
    same.policies.front().after = same.policies.front().before;
    same.policies.push_back(same.policies.front());
    same.policies.back().after.number = 5;
    cases.push_back(
        {"no_change.html", main_of(html::diff_page(
                               {.results = same, .captures = captured_policy().captures}, site))});
    cases.push_back({"vendor.html",
                     main_of(html::vendor_page("brightloaf.example", sample_timelines(), site))});
    cases.push_back({"vendors.html", main_of(html::vendors_page(sample_coverage(), site))});
}

void add_others(std::vector<GoldenCase>& cases, const html::Site& site) {
    html::TrendState state;
    cases.push_back({"trend_start.html", main_of(html::trend_page({.state = state}, site))});
    state.queries = {"sell <data>", "consent"};
    state.filters[request::Filter::vendor] = {"a.example"};
    const over_time::Trend trend = sample_trend();
    cases.push_back(
        {"trend.html", main_of(html::trend_page({.state = state, .trend = &trend}, site))});
    const Error mistake{ErrorCode::query, "this quote is never closed", "", 0};
    cases.push_back({"trend_mistake.html",
                     main_of(html::trend_page({.state = state, .error = &mistake}, site))});
    cases.push_back({"about.html", main_of(html::about_page(sample_overview(), site))});
    const Error absent{ErrorCode::not_found, "no vendor is called 'x'", "try <b>that</b>", {}};
    std::string page = html::error_page(absent, site);
    page = replaced(page, site.files.hash(), "HASH");
    cases.push_back({"not_found.html", replaced(page, k_version, "VERSION")});
    cases.push_back({"opensearch.xml", html::opensearch_xml("http://127.0.0.1:8080")});
}

std::vector<GoldenCase> cases_in(const fs::path& folder) {
    const html::ArchiveFacts facts = html::archive_facts(sample_overview());
    const html::Site site = {html::WebFiles::built_in(), facts};
    std::vector<GoldenCase> cases;
    add_searches(cases, site);
    add_policies(cases, site);
    add_others(cases, site);
    for (GoldenCase& one : cases) {
        one.file = folder / one.file;
    }
    return cases;
}

int run(std::span<const std::string> arguments) {
    if (arguments.size() == 1) {
        return compare_golden(cases_in(arguments[0]));
    }
    if (arguments.size() == 2 && arguments[0] == "--update") {
        update_golden(cases_in(arguments[1]));
        return 0;
    }
    fmt::print(stderr, "usage: html_golden [--update] FOLDER\n");
    return k_wrong_usage;
}

}  // namespace
}  // namespace smallprint

int main(int argc, char** argv) {
    try {
        const std::vector<std::string> arguments(argv + 1, argv + argc);
        return smallprint::run(arguments);
    } catch (const std::exception& error) {
        fmt::print(stderr, "html_golden: {}\n", error.what());
        return smallprint::k_wrong_usage;
    }
}

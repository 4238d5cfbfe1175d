// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/base/error.h"
#include "common/model/listing.h"
#include "common/text/utf8.h"
#include "searcher/index/clause_view.h"
#include "searcher/request/requests.h"
#include "searcher/search/results.h"
#include "searcher/terminal/page.h"
#include "searcher/terminal/text.h"
#include "tests/support/sample_results.h"

#include <doctest/doctest.h>

#include <cstddef>
#include <sstream>
#include <string>
#include <string_view>

namespace smallprint {
namespace {

constexpr terminal::Layout k_plain = {.width = 80, .colour = terminal::Colour::off};
constexpr terminal::Layout k_coloured = {.width = 80, .colour = terminal::Colour::on};

std::string shown(const search::SearchResults& results, terminal::Layout layout = k_plain,
                  const request::SearchRequest& request = {}) {
    return terminal::search_text(results, request, layout, terminal::Detail::normal);
}

bool has(std::string_view text, std::string_view part) {
    return text.find(part) != std::string_view::npos;
}

// The page without its colours, which must be all the escapes there are.
std::string without_colours(const std::string& page) {
    std::string out;
    for (std::size_t at = 0; at < page.size(); ++at) {
        if (page[at] == '\x1b') {
            const std::size_t end = page.find_first_not_of("[0123456789;", at + 1);
            REQUIRE(end != std::string::npos);
            REQUIRE(page[end] == 'm');
            at = end;
        } else {
            out += page[at];
        }
    }
    return out;
}

}  // namespace

TEST_CASE("a result says who, when, under which headings, what and where") {
    CHECK(shown(sample_results()) ==
          R"(2 clauses for sell data · 1.7 ms

 1  brightloaf.example · Privacy Policy                  2020-08-15 – 2022-02-11
    Privacy › Sharing your information

    The neighbour before.
  ▌ We may sell personal data about our customers, such as name, postal address
  ▌ and purchase history, to selected marketing partners.
    The neighbour after.

    2 snapshots · in the newest · also at 3 other vendors
    https://web.archive.org/web/20220211150102id_/https://www.brightloaf.example/legal/privacy
    vfh84xcbv5-ks4tka4p2t

 2  brightloaf.example · Privacy Policy                  2011-06-14 – 2018-05-24
    Privacy › Sharing your information

    The neighbour before.
    What we promise:
  ▌ We do not sell your personal data to anyone.
    The neighbour after.

    4 snapshots · 2 runs: 2011-06-14 (1), 2014-03-02 – 2018-05-24 (3)
    https://web.archive.org/web/20220211150102id_/https://www.brightloaf.example/legal/privacy
    vfh84xcbv5-q39tnqv3y9
)");
}

TEST_CASE("colours are the only difference between a page with and without them") {
    const std::string coloured = shown(sample_results(), k_coloured);
    CHECK(has(coloured, "We may \x1b[1;33msell\x1b[0m personal \x1b[1;33mdata\x1b[0m about"));
    CHECK(has(coloured, "\x1b[1mbrightloaf.example\x1b[0m"));
    CHECK(without_colours(coloured) == shown(sample_results()));
}

TEST_CASE("no line of prose is wider than the layout") {
    for (const std::size_t width : {40U, 60U, 100U}) {
        std::istringstream lines(shown(sample_results(), {.width = width}));
        for (std::string line; std::getline(lines, line);) {
            CHECK_MESSAGE((text::display_width(line) <= width || has(line, "https://")), line);
        }
    }
}

TEST_CASE("control sequences of an archive or a query never reach a terminal") {
    for (const terminal::Layout layout : {k_plain, k_coloured}) {
        for (const terminal::Detail detail :
             {terminal::Detail::brief, terminal::Detail::normal, terminal::Detail::full}) {
            search::SearchResults results = hostile_results();
            const index::ClauseView clause = results.hits[0].clause;
            request::SearchRequest request;
            request.filters.vendors = {std::string(k_hostile)};
            request.filters.heading = k_hostile;
            CHECK(is_harmless(
                without_colours(terminal::search_text(results, request, layout, detail))));
            results.hits.clear();
            results.total = 0;
            CHECK(is_harmless(
                without_colours(terminal::search_text(results, request, layout, detail))));
            const index::PolicyView policy = hostile_policy();
            CHECK(is_harmless(
                without_colours(terminal::policy_text({.view = policy}, layout, detail))));
            CHECK(is_harmless(without_colours(terminal::policy_text(
                {.view = policy, .clause = &clause, .context = 1}, layout, detail))));
            CHECK(is_harmless(
                without_colours(terminal::info_text(hostile_overview(), layout, detail))));
        }
    }
    const Error error = {ErrorCode::query, std::string(k_hostile), std::string(k_hostile), 3};
    CHECK(is_harmless(terminal::error_text(error, k_hostile)));
}

TEST_CASE("what is unknown is called so") {
    search::SearchResults results = sample_results();
    index::ClauseView& clause = results.hits[0].clause;
    clause.policy.vendor = "";
    clause.first_seen.reset();
    clause.last_seen.reset();
    clause.archive_url = "";
    CHECK(has(shown(results), " 1  vendor unknown · Privacy Policy"));
    CHECK(has(shown(results), " date unknown\n"));
    CHECK(has(shown(results), "\n    https://www.brightloaf.example/legal/privacy\n"));
    clause.source_url = "";
    CHECK(has(shown(results), "\n    b/br/bri/brightloaf.example/20220211150102.md\n"));
}

TEST_CASE("the head says of how many results which ones are shown") {
    search::SearchResults results = sample_results();
    results.total = 1234;
    results.total_is_exact = false;
    results.widened = true;
    results.words[0].ignored = true;
    results.words[1].ignored = true;
    results.words[1].passed_over = true;
    results.offset = 10;
    const std::string page = shown(results, k_plain);
    CHECK(has(page, "At least 1,234 clauses for sell data · showing 11 to 12 · 1.7 ms\n"));
    CHECK(has(page, "No clause has all the words. These lack some of them.\n"));
    CHECK(has(page, "Passed over as too common: data\n"));
    CHECK(has(page, "\n1,222 more: add --offset 12\n"));
}

TEST_CASE("a widened answer says which results have all the words") {
    search::SearchResults results = sample_results();
    CHECK_FALSE(has(shown(results), "all the words"));
    results.widened = true;
    results.complete = 1;
    CHECK(has(shown(results),
              "Only the first clause has all the words; the others lack some of them.\n"));
    results.complete = 7;
    CHECK(has(shown(results),
              "Only the first 7 clauses have all the words; the others lack some of them.\n"));
}

TEST_CASE("an empty answer says why and what to try") {
    search::SearchResults results = sample_results();
    results.hits.clear();
    results.total = 0;
    results.words = {{"sell", 20, false}, {"zebra", 0, false}, {"of", 900, true}};
    request::SearchRequest request;
    request.filters.vendors = {"a.example", "b.example"};
    request.filters.from = day("2014-03-02");
    CHECK(shown(results, k_plain, request) ==
          R"(Nothing found for sell data at a.example or b.example from 2014-03-02

In the whole index each word is:
  sell   in 20 clauses
  zebra  in no clause
  of     too common to be searched for alone

To try:
  - another word for one that no clause has, or another spelling
  - another --vendor, or none; `smallprint info` lists them
  - a wider span of time: --from and --to
  - fewer words
)");
}

TEST_CASE("menus and titles are told to match, not to match, or not to have been counted") {
    search::SearchResults results;
    results.aside = 2;
    CHECK(has(shown(results), "2 titles, menus and footers have all the words"));
    results.aside = 0;
    CHECK_FALSE(has(shown(results), "menus"));
    results.aside.reset();
    CHECK(has(shown(results), "There was no time to look for the words in titles, menus"));
}

TEST_CASE("a page past the last result says how many there are") {
    search::SearchResults results = sample_results();
    results.hits.clear();
    results.offset = 50;
    CHECK(shown(results, k_plain) == "There are 2 clauses; --offset 50 is past the last.\n");
}

TEST_CASE("a policy is shown with its headings, its footer set apart") {
    CHECK(
        terminal::policy_text({.view = sample_policy()}, {.width = 40}, terminal::Detail::normal) ==
        R"(brightloaf.example · Privacy Policy
Title       Brightloaf Privacy Policy
Captured    2020-08-15 10:15 UTC ·
            snapshot 5 of 6
Original    https://www.brightloaf.example/legal/privacy
Archived    https://web.archive.org/web/20200815101530id_/https://www.brightloaf.example/legal/privacy
Id          vfh84xcbv5
────────────────────────────────────────

Brightloaf Privacy Policy
═════════════════════════

What we collect
───────────────

  The first clause.

Sharing
───────

▌ The second clause.

Partners

  The third clause.

┊ (not part of the policy's text)
┊ Home | Help
)");
}

TEST_CASE("a clause is shown with its facts and so many clauses around it") {
    const index::PolicyView policy = sample_policy();
    const index::ClauseView clause = sample_results().hits[1].clause;
    const std::string page = terminal::policy_text(
        {.view = policy, .clause = &clause, .context = 1}, k_plain, terminal::Detail::normal);
    CHECK(has(page, "2 runs      2011-06-14 (1), 2014-03-02 – 2018-05-24 (3)\n"));
    CHECK(has(page, "Id          vfh84xcbv5-q39tnqv3y9\n"));
    CHECK(has(page, "The first clause.\n\nSharing\n───────\n\n▌ The second clause.\n\nPartners\n\n"
                    "  The third clause.\n\n  ⋮\n"));
    const std::string alone = terminal::policy_text(
        {.view = policy, .clause = &clause, .context = 0}, k_plain, terminal::Detail::normal);
    CHECK(has(alone, "\n  ⋮\n\nSharing\n───────\n\n▌ The second clause.\n\n  ⋮\n"));
    CHECK_FALSE(has(alone, "The first clause."));
}

TEST_CASE("a clause that a snapshot lacks is said to be absent") {
    index::PolicyView policy = sample_policy();
    policy.lines[4].focused = false;
    const index::ClauseView clause = sample_results().hits[1].clause;
    const std::string page = terminal::policy_text(
        {.view = policy, .clause = &clause, .context = 1}, k_plain, terminal::Detail::normal);
    CHECK(has(page, "does not stand in this snapshot"));
    CHECK(has(page, "▌ We do not sell your personal data to anyone.\n"));
    CHECK_FALSE(has(page, "The first clause."));
}

TEST_CASE("the overview is a table whose columns stand below each other") {
    CHECK(terminal::info_text(sample_overview(), k_plain, terminal::Detail::normal) ==
          R"(Index       /data/smallprint.idx, gen-000001
Written     2026-11-22 20:54:31 UTC by smallprint 0.1.0, format 1
Size        123.5 MB on disk, of 1234.6 MB of text
Holds       2 vendors, 2 policies, 7 snapshots
Clauses     1,234,567, standing 7,654,321 times in the snapshots
Boilerplate 1 block, found with in:boilerplate
Suffix list the machine's
Skipped     0 items
Sources     archive

Vendor              Type            Snapshots  First       Last          Clauses
brightloaf.example  Privacy Policy          6  2011-06-14  2022-02-11  1,234,500
IC Manage           unknown                 1  unknown     unknown            67
)");
}

TEST_CASE("the overview says what is left out, and that vendors were told by another list") {
    index::IndexOverview overview = sample_overview();
    overview.skipped = 1016;
    overview.public_suffixes = "2020-01-02";
    overview.has_other_public_suffixes = true;
    overview.skipped_by_reason = {{SkipKind::unreadable, "cut off", 1003}};
    for (int i = 0; i < 13; ++i) {
        overview.skipped_by_reason.push_back(
            {SkipKind::aside, std::string(1, static_cast<char>(97 + i)), 1});
    }
    const std::string page = terminal::info_text(overview, k_plain, terminal::Detail::normal);
    CHECK(has(page, "Suffix list 2020-01-02, not that of this smallprint; to add,"));
    CHECK(has(page, "--rebuild\n"));
    CHECK(has(page, "Skipped     1,016 items\n            1,003 unreadable: cut off\n"));
    CHECK(has(page, "            1 aside: k\n            ... and for 2 more reasons\nSources"));
}

TEST_CASE("a mistake in a query is pointed at") {
    const Error error = {ErrorCode::query, "this quote is never closed", "close it", 7};
    CHECK(terminal::error_text(error, "日本 \"b c") == "smallprint: this quote is never closed\n"
                                                       "  日本 \"b c\n"
                                                       "       ^\n"
                                                       "hint: close it\n");
    const std::string page = terminal::error_text(
        {ErrorCode::query, "no", "", 500}, std::string(500, 'x') + "\"" + std::string(500, 'y'));
    std::istringstream lines(page);
    for (std::string line; std::getline(lines, line);) {
        CHECK(text::display_width(line) <= 80);
    }
    CHECK(has(page, "x\"y"));
}

}  // namespace smallprint

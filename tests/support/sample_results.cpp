// SPDX-License-Identifier: GPL-2.0-or-later
#include "tests/support/sample_results.h"

#include "common/model/date.h"
#include "common/model/section.h"
#include "common/model/snapshot.h"
#include "common/text/utf8.h"
#include "searcher/diff/diff.h"
#include "searcher/diff/word_diff.h"
#include "searcher/index/clause_view.h"
#include "searcher/over_time/coverage.h"
#include "searcher/over_time/history.h"
#include "searcher/over_time/trend.h"
#include "searcher/query/ast.h"
#include "searcher/request/period.h"
#include "searcher/search/results.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace smallprint {
namespace {

index::PolicyFacts facts() {
    return {.id = "vfh84xcbv5",
            .vendor = "brightloaf.example",
            .vendor_source = VendorSource::provenance,
            .type = "Privacy Policy",
            .host = "www.brightloaf.example",
            .title = "Brightloaf Privacy Policy",
            .language = "en"};
}

index::ClauseView sold_clause() {
    index::ClauseView clause;
    clause.id = "vfh84xcbv5-ks4tka4p2t";
    clause.policy = facts();
    clause.heading_path = {"Privacy", "Sharing your information"};
    clause.text = "We may sell personal data about our customers, such as name, postal address and "
                  "purchase history, to selected marketing partners.";
    clause.links = {{64, 78, "https://www.brightloaf.example/partners"}};
    clause.runs = {{day("2020-08-15"), day("2022-02-11"), 2}};
    clause.first_seen = day("2020-08-15");
    clause.last_seen = day("2022-02-11");
    clause.snapshots = 2;
    clause.still_present = true;
    clause.before = {"The neighbour before."};
    clause.after = {"The neighbour after."};
    clause.also_at_vendors = 3;
    clause.source_url = "https://www.brightloaf.example/legal/privacy";
    clause.archive_url = "https://web.archive.org/web/20220211150102id_/" + clause.source_url;
    clause.place = "b/br/bri/brightloaf.example/20220211150102.md";
    clause.source_begin = 100;
    clause.source_end = 235;
    return clause;
}

index::ClauseView unsold_clause() {
    index::ClauseView clause = sold_clause();
    clause.id = "vfh84xcbv5-q39tnqv3y9";
    clause.text = "We do not sell your personal data to anyone.";
    clause.links.clear();
    clause.runs = {{day("2011-06-14"), day("2011-06-14"), 1},
                   {day("2014-03-02"), day("2018-05-24"), 3}};
    clause.first_seen = day("2011-06-14");
    clause.last_seen = day("2018-05-24");
    clause.snapshots = 4;
    clause.still_present = false;
    clause.also_at_vendors = 0;
    clause.lead_in = "What we promise:";
    return clause;
}

void make_hostile(index::PolicyFacts& facts) {
    facts.vendor += k_hostile;
    facts.type += k_hostile;
    facts.host += k_hostile;
    facts.title += k_hostile;
}

void make_hostile(index::ClauseView& clause) {
    make_hostile(clause.policy);
    clause.heading_path[0] += k_hostile;
    clause.lead_in += k_hostile;
    clause.text.insert(0, k_hostile);
    clause.links = {{0, static_cast<std::uint32_t>(k_hostile.size()), std::string(k_hostile)}};
    clause.before[0] += k_hostile;
    clause.after[0] += k_hostile;
    clause.source_url += k_hostile;
    clause.archive_url += k_hostile;
    clause.place += k_hostile;
}

over_time::SnapshotChanges snapshot(std::size_t number, std::string_view date,
                                    std::vector<over_time::ClauseChange> changes) {
    over_time::SnapshotChanges facts;
    facts.number = number;
    facts.captured = CaptureTime(day(date));
    facts.clauses = 7;
    facts.compared_with = number - 1;
    facts.changes = std::move(changes);
    return facts;
}

}  // namespace

Day day(std::string_view text) {
    return parse_day(text).value_or(Day{});
}

search::SearchResults sample_results() {
    search::SearchResults results;
    results.query.text = "sell data";
    query::Node query{
        .kind = query::NodeKind::all, .end = 9, .conjunction = query::Conjunction::juxtaposed};
    query.children = {{.text = "sell", .end = 4}, {.text = "data", .begin = 5, .end = 9}};
    results.query.root = query;
    results.total = 2;
    results.words = {{"sell", 20, false}, {"data", 1234, false}};
    results.hits.push_back({.rank = 1, .score = 12.3, .clause = sold_clause(), .highlights = {}});
    results.hits.back().highlights = {{7, 11}, {21, 25}};
    results.hits.push_back({.rank = 2, .score = 11, .clause = unsold_clause(), .highlights = {}});
    results.hits.back().highlights = {{10, 14}, {29, 33}};
    results.took_ms = 1.7;
    return results;
}

index::PolicyView sample_policy() {
    constexpr std::chrono::seconds at{(10 * 60 + 15) * 60 + 30};
    index::PolicyView view;
    view.policy = facts();
    view.captured = CaptureTime(day("2020-08-15")) + at;
    view.source_url = "https://www.brightloaf.example/legal/privacy";
    view.archive_url = "https://web.archive.org/web/20200815101530id_/" + view.source_url;
    view.place = "b/br/bri/brightloaf.example/20200815101530.md";
    view.snapshot = 5;
    view.snapshots = 6;
    view.lines = {{PieceKind::title, 0, "Brightloaf Privacy Policy", {}, false},
                  {PieceKind::heading, 0, "What we collect", {}, false},
                  {PieceKind::clause, 0, "The first clause.", "vfh84xcbv5-aaaaaaaaaa", false},
                  {PieceKind::heading, 0, "Sharing", {}, false},
                  {PieceKind::clause, 0, "The second clause.", "vfh84xcbv5-ks4tka4p2t", true},
                  {PieceKind::heading, 1, "Partners", {}, false},
                  {PieceKind::clause, 0, "The third clause.", "vfh84xcbv5-cccccccccc", false},
                  {PieceKind::boilerplate, 0, "Home | Help", "vfh84xcbv5-dddddddddd", false}};
    return view;
}

index::IndexOverview sample_overview() {
    index::IndexOverview overview;
    overview.folder = "/data/smallprint.idx";
    overview.generation = "gen-000001";
    overview.created = "2026-11-22T20:54:31Z";
    overview.written_by = "0.1.0";
    overview.format_version = 1;
    overview.index_bytes = 123'456'789;
    overview.source_bytes = 1'234'567'890;
    overview.policies = 2;
    overview.vendors = 2;
    overview.snapshots = 7;
    overview.clauses = 1'234'567;
    overview.clause_occurrences = 7'654'321;
    overview.boilerplate = 1;
    overview.sources = {"archive"};
    index::PolicyFacts undated = facts();
    undated.vendor = "IC Manage";
    undated.type = "";
    overview.listed = {{facts(), 6, 0, day("2011-06-14"), day("2022-02-11"), 1'234'500},
                       {undated, 1, 1, {}, {}, 67}};
    return overview;
}

diff::DiffResults sample_diff() {
    const std::string id = "vfh84xcbv5-aaaaaaaaaa";
    diff::PolicyDiff diff;
    diff.policy = facts();
    diff.snapshots = 6;
    diff.before = {{CaptureTime(day("2018-05-24")), "", "", "2018.md"}, 4, "Privacy Policy"};
    diff.after = {{CaptureTime(day("2020-08-15")), "", "", "2020.md"}, 5, "Privacy Notice"};
    diff.reextracted = {day("2019-02-01"), day("2020-08-15")};
    diff.counts = {1, 1, 1, 1, 13, 2, 1, 1, 1, 1};
    const std::string kept = "We do not sell data.";
    const std::string now = "We may sell data.";
    diff::SectionDiff sharing;
    sharing.renamed = true;
    sharing.moved = true;
    sharing.before_path = {"Privacy", "Sharing"};
    sharing.after_path = {"Privacy", "Disclosure"};
    sharing.stood_after = "Cookies";
    sharing.changes = {
        {diff::DiffKind::unchanged, 12, id, id, "Beside it.", "Beside it.", {}, {}},
        {diff::DiffKind::reworded, 0, id, id, kept, now, diff::diff_words(kept, now), {}},
        {diff::DiffKind::moved_here, 0, id, id, "It moved.", "It moved.", {}, {"Contact"}}};
    sharing.unchanged_after = 1;
    diff::SectionDiff contact;
    contact.before_path = {"Contact"};
    contact.after_path = {"Contact"};
    contact.changes = {{diff::DiffKind::moved_away,
                        0,
                        id,
                        id,
                        "It moved.",
                        "It moved.",
                        {},
                        {"Privacy", "Disclosure"}}};
    diff::SectionDiff gone;
    gone.fate = diff::SectionFate::removed;
    gone.before_path = {"Old"};
    gone.changes = {{diff::DiffKind::removed, 0, id, "", "It was removed.", "", {}, {}}};
    diff::SectionDiff come;
    come.fate = diff::SectionFate::added;
    come.after_path = {"New"};
    come.changes = {{diff::DiffKind::added, 0, "", id, "", "It was added.", {}, {}}};
    diff.sections = {sharing, contact, gone, come};
    return {{"brightloaf.example", "", day("2018-12-31"), day("2020-12-31"), 1},
            {diff},
            {{facts(), day("2021-01-01")}}};
}

// Passages 1 and 2 are wordings of one clause, 3 is another.
over_time::PolicyTimeline sample_timeline() {
    over_time::PolicyTimeline timeline;
    timeline.policy = sample_policy().policy;
    timeline.snapshots = 7;
    timeline.first = day("2014-03-02");
    timeline.last = day("2020-08-15");
    timeline.clauses = {{},
                        {"vfh84xcbv5-q39tnqv3y9", "We do not sell your data."},
                        {"vfh84xcbv5-ks4tka4p2t", "We may sell your data."},
                        {"vfh84xcbv5-bnqzc3baka", "Browsers send signals."}};
    const std::vector<std::string> sharing = {"Sharing", "Partners"};
    timeline.dated = {
        snapshot(1, "2014-03-02", {}),
        snapshot(2, "2015-03-02", {}),
        snapshot(3, "2016-03-02", {}),
        snapshot(4, "2017-03-02",
                 {{over_time::ChangeKind::reworded, 1, 2, 0.75, false, sharing},
                  {over_time::ChangeKind::added, 0, 3, 0, false, sharing}}),
        snapshot(5, "2018-03-02", {{over_time::ChangeKind::removed, 3, 0, 0, false, {}}}),
        snapshot(6, "2018-03-02", {{over_time::ChangeKind::added, 0, 3, 0, true, {}}})};
    timeline.dated[5].captured = CaptureTime(day("2018-03-02")) + std::chrono::hours(9);
    timeline.dated[5].reextracted = true;
    timeline.dated[3].move = {"https://one.example/privacy.html", "https://one.example/legal",
                              CaptureTime(day("2016-03-02")), CaptureTime(day("2017-03-02"))};
    timeline.undated.emplace_back();
    timeline.undated[0].number = 7;
    timeline.undated[0].place = "old.md";
    timeline.undated[0].clauses = 1;
    return timeline;
}

over_time::History sample_timelines() {
    return {.life = {}, .timelines = {sample_timeline()}};
}

over_time::History sample_life() {
    over_time::ClauseLife life;
    life.clause = sample_results().hits[1].clause;
    life.policy_snapshots = 6;
    life.undated = 1;
    for (const std::string_view text :
         {"2011-06-14", "2012-01-01", "2014-03-02", "2018-05-24", "2020-08-15"}) {
        life.captures.emplace_back(day(text));
    }
    over_time::LifeRun first;
    first.dates = life.clause.runs[0];
    first.first = 1;
    first.last = 1;
    first.begins_policy = true;
    first.gone = CaptureTime(day("2012-01-01"));
    over_time::LifeRun second;
    second.dates = life.clause.runs[1];
    second.first = 3;
    second.last = 5;
    second.restored = true;
    second.replaced = {{{"vfh84xcbv5-bnqzc3baka", "Browsers send signals."}, 0}};
    second.gone = CaptureTime(day("2020-08-15"));
    second.reextracted_gone = true;
    second.moves = {{"https://one.example/privacy.html", "https://one.example/legal",
                     CaptureTime(day("2014-03-02")), CaptureTime(day("2018-05-24"))}};
    second.replaced_by = {{{"vfh84xcbv5-ks4tka4p2t", "We may sell your data."}, 0.75}};
    life.runs = {first, second};
    return {.life = life, .timelines = {}};
}

over_time::VendorCoverage sample_vendor(std::string name,
                                        const std::vector<std::string_view>& days) {
    over_time::Holdings held;
    held.policies = 1;
    held.clauses = 1234;
    for (const std::string_view text : days) {
        ++held.snapshots;
        if (text.empty()) {
            ++held.undated;
            continue;
        }
        held.first = held.first.value_or(day(text));
        held.last = day(text);
        ++held.half_years[over_time::half_year_of(day(text))];
    }
    return {std::move(name), held, {{"Privacy Policy", held}}};
}

over_time::Coverage coverage_of_vendors(std::vector<over_time::VendorCoverage> vendors) {
    over_time::Coverage coverage;
    for (const over_time::VendorCoverage& vendor : vendors) {
        coverage.all.policies += vendor.all.policies;
        coverage.all.snapshots += vendor.all.snapshots;
        coverage.all.undated += vendor.all.undated;
        coverage.all.clauses += vendor.all.clauses;
        coverage.known_vendors += vendor.vendor.empty() ? 0U : 1U;
        for (const auto& [half_year, count] : vendor.all.half_years) {
            coverage.all.half_years[half_year] += count;
            coverage.observed[half_year] += vendor.vendor.empty() ? 0U : 1U;
        }
    }
    coverage.all.first = vendors.front().all.first;
    coverage.all.last = vendors.front().all.last;
    coverage.vendors = std::move(vendors);
    return coverage;
}

over_time::Coverage sample_coverage() {
    return coverage_of_vendors(
        {sample_vendor("brightloaf.example", {"2014-03-02", "2014-05-01", "2016-09-26"}),
         sample_vendor("", {"", "2015-01-02"})});
}

over_time::Trend sample_trend() {
    const request::Period first =
        request::Period::of(day("2014-03-02"), request::PeriodLength::half_year);
    over_time::Trend trend;
    trend.periods = {{first, 4}, {first.plus(1), 0}, {first.plus(2), 5}};
    trend.series = {{"sell <data>", {1, 0, 3}, 3, 7}, {"consent", {0, 0, 5}, 5, 12}};
    trend.series.front().synonyms = {"personal information", "pii"};
    trend.series.back().notes = {"the note of a query"};
    trend.vendors = 6;
    trend.policies = 8;
    trend.left_out = 2;
    return trend;
}

search::Facets sample_facets() {
    search::Facets facets;
    facets.clauses = 15;
    facets.vendor = {{{"a.example", 1200}, {"<b>", 3}, {"", 1}}, 4};
    facets.type = {{{"Privacy Policy", 7}}, 0};
    facets.language = {{{"en", 7}, {"de", 2}}, 0};
    facets.host = {{{"www.a.example", 7}, {"b.example", 2}}, 0};
    facets.year = {{{"2012", 5}, {"2014", 10}, {"", 2}}, 0};
    return facets;
}

search::SearchResults hostile_results() {
    search::SearchResults results = sample_results();
    results.query.text += k_hostile;
    results.query.root = query::Node{.text = std::string(k_hostile)};
    results.words[0].word += k_hostile;
    results.words[1].ignored = true;
    results.words[1].word += k_hostile;
    for (search::Hit& hit : results.hits) {
        make_hostile(hit.clause);
        hit.highlights = {{1, 3}, {12, 15}};
    }
    return results;
}

index::PolicyView hostile_policy() {
    index::PolicyView view = sample_policy();
    make_hostile(view.policy);
    view.source_url += k_hostile;
    view.archive_url += k_hostile;
    view.place += k_hostile;
    for (index::PolicyLine& line : view.lines) {
        line.text += k_hostile;
    }
    return view;
}

index::IndexOverview hostile_overview() {
    index::IndexOverview overview = sample_overview();
    overview.folder += k_hostile;
    overview.sources[0] += k_hostile;
    overview.written_by += k_hostile;
    for (index::PolicyOverview& listed : overview.listed) {
        make_hostile(listed.policy);
    }
    return overview;
}

diff::DiffResults hostile_diff() {
    diff::DiffResults results = sample_diff();
    results.request.vendor_or_id += k_hostile;
    results.request.type += k_hostile;
    make_hostile(results.not_compared[0].policy);
    diff::PolicyDiff& diff = results.policies[0];
    make_hostile(diff.policy);
    for (diff::ComparedSnapshot* snapshot : {&diff.before, &diff.after}) {
        snapshot->title += k_hostile;
        snapshot->source_url += k_hostile;
        snapshot->archive_url += k_hostile;
        snapshot->place += k_hostile;
    }
    for (diff::SectionDiff& section : diff.sections) {
        section.before_path.emplace_back(k_hostile);
        section.after_path.emplace_back(k_hostile);
        section.stood_after += k_hostile;
        for (diff::ClauseDiff& change : section.changes) {
            change.before.insert(0, k_hostile);
            change.after += k_hostile;
            change.words = diff::diff_words(change.before, change.after);
            change.elsewhere.emplace_back(k_hostile);
        }
    }
    return results;
}

bool is_harmless(std::string_view text) {
    return text::is_valid_utf8(text) && text::terminal_safe(text) == text &&
           text.find('\t') == std::string_view::npos;
}

}  // namespace smallprint

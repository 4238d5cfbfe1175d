// SPDX-License-Identifier: GPL-2.0-or-later

#include "common/model/date.h"
#include "searcher/html/page_template.h"
#include "searcher/html/page_url.h"
#include "searcher/html/pages.h"
#include "searcher/html/site.h"
#include "searcher/html/svg.h"
#include "searcher/over_time/coverage.h"
#include "searcher/over_time/history.h"
#include "searcher/request/period.h"
#include "searcher/told/changes.h"
#include "searcher/told/facts.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace smallprint::html {

namespace {

constexpr std::size_t k_most_rows = 2000;

// The half-years of the whole archive, as an axis of equal cells.
struct Strip {
    request::Period first;
    int cells;
    std::uint64_t most;  // snapshots of a vendor in one of them
};

std::optional<Strip> strip_of(const over_time::Coverage& coverage) {
    const over_time::HalfYearCounts& all = coverage.all.half_years;
    if (all.empty()) {
        return std::nullopt;
    }
    Strip strip{all.begin()->first, all.rbegin()->first.since(all.begin()->first) + 1, 1};
    for (const over_time::VendorCoverage& vendor : coverage.vendors) {
        for (const auto& [half_year, count] : vendor.all.half_years) {
            strip.most = std::max(strip.most, count);
        }
    }
    return strip;
}

// Shades 1 to 4, by the logarithm: one snapshot and a hundred are both to be seen.
int shade_of(std::uint64_t count) {
    constexpr std::uint64_t few = 2;
    constexpr std::uint64_t some = 6;
    constexpr std::uint64_t many = 24;
    return count < few ? 1 : count < some ? 2 : count < many ? 3 : 4;
}

std::string cells(const Strip& strip, const over_time::VendorCoverage& vendor) {
    const double width = 100.0 / strip.cells;
    std::string out =
        fmt::format(R"(<svg class="strip" role="img" aria-label="{}, {}" width="100%" height="14">)"
                    R"(<rect class="track" width="100%" height="14" rx="2"/>)",
                    told::counted(vendor.all.snapshots, "snapshot"),
                    told::date_span(vendor.all.first, vendor.all.last));
    for (const auto& [half_year, count] : vendor.all.half_years) {
        fmt::format_to(
            std::back_inserter(out),
            R"(<rect class="cell s{}" x="{}" width="{}" height="14"><title>{}: {}</title></rect>)",
            shade_of(count), percent(width * half_year.since(strip.first)), percent(width * 0.94),
            half_year.name(), told::counted(count, "snapshot"));
    }
    return out + "</svg>";
}

std::string axis_svg(const Strip& strip) {
    const double width = 100.0 / strip.cells;
    const int years = (strip.cells + 1) / 2;
    const int step = std::max(1, (years + 7) / 8);
    std::string out = R"(<svg class="strip-axis" aria-hidden="true" width="100%" height="14">)";
    for (int cell = strip.first.number_in_year() - 1 == 0 ? 0 : 1, i = 0; cell < strip.cells;
         cell += 2 * step, ++i) {
        fmt::format_to(std::back_inserter(out), R"(<text class="year{}" x="{}" y="11">{}</text>)",
                       i % 2 == 0 ? "" : " minor", percent(width * cell),
                       strip.first.plus(cell).year());
    }
    return out + "</svg>";
}

View vendor_view(const over_time::VendorCoverage& vendor, const std::optional<Strip>& strip) {
    const over_time::Holdings& held = vendor.all;
    return make_view(
        {{"name", told::name_vendor(vendor.vendor)},
         {"url", vendor.vendor.empty() ? View(false) : text_view(vendor_url(vendor.vendor))},
         {"policies", told::thousands(held.policies)},
         {"snapshots", told::thousands(held.snapshots)},
         {"clauses", told::thousands(held.clauses)},
         {"first", told::day_or_unknown(held.first)},
         {"last", told::day_or_unknown(held.last)},
         {"strip", strip ? cells(*strip, vendor) : ""}});
}

View half_years_view(const over_time::Coverage& coverage, const std::optional<Strip>& strip) {
    View rows = list_view();
    for (int i = 0; strip && i < strip->cells; ++i) {
        const request::Period half_year = strip->first.plus(i);
        const auto count_in = [&](const over_time::HalfYearCounts& counts) {
            const auto found = counts.find(half_year);
            return told::thousands(found == counts.end() ? 0 : found->second);
        };
        rows.push_back(make_view({{"half_year", half_year.name()},
                                  {"observed", count_in(coverage.observed)},
                                  {"captures", count_in(coverage.all.half_years)}}));
    }
    return rows;
}

}  // namespace

std::string vendors_page(const over_time::Coverage& coverage, const Site& site) {
    const auto strip = strip_of(coverage);
    const std::size_t shown = std::min(k_most_rows, coverage.vendors.size());
    const std::size_t left_out = coverage.vendors.size() - shown;
    const View view =
        make_view({{"summary", told::holdings_text(coverage.known_vendors, coverage.all)},
                   {"span", told::date_span(coverage.all.first, coverage.all.last)},
                   {"axis", strip ? axis_svg(*strip) : ""},
                   {"vendors", list_of(std::span(coverage.vendors).first(shown),
                                       [&](const over_time::VendorCoverage& vendor) {
                                           return vendor_view(vendor, strip);
                                       })},
                   {"left_out", text_or_false(left_out == 0 ? "" : told::thousands(left_out))},
                   {"half_years", half_years_view(coverage, strip)}});
    return make_page(site, "vendors", view,
                     {.title = "Vendors – Smallprint", .section = "vendors"});
}

namespace {

View number_view(const over_time::SnapshotChanges& snapshot, over_time::ChangeKind kind) {
    const std::size_t count = told::count_changes(snapshot, kind);
    return count == 0 ? View(false) : text_view(told::thousands(count));
}

// Only snapshots with a date are among the dated ones.
Day day_of_snapshot(const over_time::SnapshotChanges& snapshot) {
    return day_of(snapshot.captured.value_or(CaptureTime{}));
}

// Snapshots are compared by their days: with the newest one of a day before.
std::optional<Day> day_before(const over_time::PolicyTimeline& timeline, std::size_t at) {
    const Day day = day_of_snapshot(timeline.dated[at]);
    while (at > 0) {
        --at;
        if (day_of_snapshot(timeline.dated[at]) < day) {
            return day_of_snapshot(timeline.dated[at]);
        }
    }
    return std::nullopt;
}

View snapshot_view(const over_time::PolicyTimeline& timeline, std::size_t at) {
    const over_time::SnapshotChanges& snapshot = timeline.dated[at];
    const Day day = day_of_snapshot(snapshot);
    const auto before = !over_time::has_changes(snapshot) ? std::nullopt : day_before(timeline, at);
    return make_view(
        {{"when", told::when_captured(timeline, at)},
         {"url", policy_url(timeline.policy.id, day)},
         {"clauses", told::thousands(snapshot.clauses)},
         {"added", number_view(snapshot, over_time::ChangeKind::added)},
         {"removed", number_view(snapshot, over_time::ChangeKind::removed)},
         {"reworded", number_view(snapshot, over_time::ChangeKind::reworded)},
         {"headings", text_or_false(snapshot.headings.empty()
                                        ? ""
                                        : told::counted(snapshot.headings.size(), "heading"))},
         {"first", snapshot.compared_with == 0},
         {"reextracted", snapshot.reextracted},
         {"moved", text_or_false(snapshot.move ? told::move_in_words(*snapshot.move) : "")},
         {"diff_url",
          text_or_false(before ? diff_url(timeline.policy.id, *before, day) : std::string())}});
}

// A mark for each snapshot, as high as much changed.
std::string changes_drawing(const over_time::PolicyTimeline& timeline) {
    const auto axis = TimeAxis::over(timeline.first, timeline.last);
    if (!axis) {
        return {};
    }
    std::vector<TimedCount> counts;
    counts.reserve(timeline.dated.size());
    for (const over_time::SnapshotChanges& snapshot : timeline.dated) {
        counts.push_back({day_of_snapshot(snapshot), snapshot.changes.size()});
    }
    return spikes(*axis, counts, "clauses changed");
}

// The newest first. Captures that found nothing new are counted and left out; what is old is
// folded.
void add_rows(View& view, const over_time::PolicyTimeline& timeline) {
    constexpr std::size_t shown_at_once = 12;
    View rows = list_view();
    View older = list_view();
    std::size_t quiet = 0;
    for (std::size_t at = timeline.dated.size(); at > 0; --at) {
        const over_time::SnapshotChanges& snapshot = timeline.dated[at - 1];
        const bool is_end = at == timeline.dated.size() || at == 1;
        if (!over_time::has_changes(snapshot) && !snapshot.move && !is_end) {
            ++quiet;
            continue;
        }
        const bool is_shown = rows.list_value().size() < shown_at_once;
        (is_shown ? rows : older).push_back(snapshot_view(timeline, at - 1));
    }
    const std::size_t folded = older.list_value().size();
    fill(view, {{"rows", std::move(rows)},
                {"older_count", text_or_false(folded == 0 ? "" : told::thousands(folded))},
                {"older", std::move(older)},
                {"quiet", text_or_false(quiet == 0 ? "" : told::counted(quiet, "snapshot"))}});
}

View timeline_view(const over_time::PolicyTimeline& timeline) {
    const index::PolicyFacts& policy = timeline.policy;
    const std::size_t undated = timeline.undated.size();
    const bool several = timeline.first && timeline.last && *timeline.first < *timeline.last;
    View view = make_view(
        {{"type", told::document_name(policy)},
         {"url", policy_url(policy.id)},
         {"title", text_or_false(policy.title)},
         {"snapshots", told::counted(timeline.snapshots, "snapshot")},
         {"span", told::date_span(timeline.first, timeline.last)},
         {"drawing", changes_drawing(timeline)},
         {"undated", text_or_false(undated == 0 ? "" : told::counted(undated, "snapshot"))},
         {"note", text_or_false(timeline.all_compared ? "" : told::k_not_all_compared)},
         {"whole_diff",
          text_or_false(several ? diff_url(policy.id, *timeline.first, *timeline.last) : "")}});
    add_rows(view, timeline);
    return view;
}

}  // namespace

std::string vendor_page(const std::string& vendor, const over_time::History& history,
                        const Site& site) {
    const View view = make_view({{"vendor", vendor},
                                 {"count", told::counted(history.timelines.size(), "policy")},
                                 {"timelines", list_of(history.timelines, timeline_view)}});
    return make_page(site, "vendor", view,
                     {.title = vendor + " – Smallprint", .section = "vendors"});
}

}  // namespace smallprint::html

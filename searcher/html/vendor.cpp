// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/model/date.h"
#include "searcher/html/page_template.h"
#include "searcher/html/page_url.h"
#include "searcher/html/pages.h"
#include "searcher/html/site.h"
#include "searcher/html/svg.h"
#include "searcher/over_time/history.h"
#include "searcher/told/changes.h"
#include "searcher/told/facts.h"

#include <fmt/format.h>

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace smallprint {
namespace {

View number_view(const SnapshotChanges& snapshot, ChangeKind kind) {
    const std::size_t count = count_changes(snapshot, kind);
    return count == 0 ? View(false) : text_view(thousands(count));
}

// Only snapshots with a date are among the dated ones.
Day day_of_snapshot(const SnapshotChanges& snapshot) {
    return day_of(snapshot.captured.value_or(CaptureTime{}));
}

// Snapshots are compared by their days: with the newest one of a day before.
std::optional<Day> day_before(const PolicyTimeline& timeline, std::size_t at) {
    const Day day = day_of_snapshot(timeline.dated[at]);
    while (at > 0) {
        --at;
        if (day_of_snapshot(timeline.dated[at]) < day) {
            return day_of_snapshot(timeline.dated[at]);
        }
    }
    return std::nullopt;
}

View snapshot_view(const PolicyTimeline& timeline, std::size_t at) {
    const SnapshotChanges& snapshot = timeline.dated[at];
    const Day day = day_of_snapshot(snapshot);
    const auto before = snapshot.changes.empty() ? std::nullopt : day_before(timeline, at);
    return make_view({{"when", when_captured(timeline, at)},
                      {"url", policy_url(timeline.policy.id, day)},
                      {"clauses", thousands(snapshot.clauses)},
                      {"added", number_view(snapshot, ChangeKind::added)},
                      {"removed", number_view(snapshot, ChangeKind::removed)},
                      {"reworded", number_view(snapshot, ChangeKind::reworded)},
                      {"first", snapshot.compared_with == 0},
                      {"reextracted", snapshot.reextracted},
                      {"diff_url", text_or_false(before ? diff_url(timeline.policy.id, *before, day)
                                                        : std::string())}});
}

// A mark for each snapshot, as high as much changed.
std::string changes_drawing(const PolicyTimeline& timeline) {
    const auto axis = TimeAxis::over(timeline.first, timeline.last);
    if (!axis) {
        return {};
    }
    std::vector<TimedCount> counts;
    counts.reserve(timeline.dated.size());
    for (const SnapshotChanges& snapshot : timeline.dated) {
        counts.push_back({day_of_snapshot(snapshot), snapshot.changes.size()});
    }
    return spikes(*axis, counts, "clauses changed");
}

// The newest first. Captures that found nothing new are counted and left out; what is old is
// folded.
void add_rows(View& view, const PolicyTimeline& timeline) {
    constexpr std::size_t shown_at_once = 12;
    View rows = list_view();
    View older = list_view();
    std::size_t quiet = 0;
    for (std::size_t at = timeline.dated.size(); at > 0; --at) {
        const SnapshotChanges& snapshot = timeline.dated[at - 1];
        const bool is_end = at == timeline.dated.size() || at == 1;
        if (snapshot.changes.empty() && !is_end) {
            ++quiet;
            continue;
        }
        const bool is_shown = rows.list_value().size() < shown_at_once;
        (is_shown ? rows : older).push_back(snapshot_view(timeline, at - 1));
    }
    const std::size_t folded = older.list_value().size();
    fill(view, {{"rows", std::move(rows)},
                {"older_count", text_or_false(folded == 0 ? "" : thousands(folded))},
                {"older", std::move(older)},
                {"quiet", text_or_false(quiet == 0 ? "" : counted(quiet, "snapshot"))}});
}

View timeline_view(const PolicyTimeline& timeline) {
    const PolicyFacts& policy = timeline.policy;
    const std::size_t undated = timeline.undated.size();
    const bool several = timeline.first && timeline.last && *timeline.first < *timeline.last;
    View view = make_view(
        {{"type", document_name(policy)},
         {"url", policy_url(policy.id)},
         {"title", text_or_false(policy.title)},
         {"snapshots", counted(timeline.snapshots, "snapshot")},
         {"span", date_span(timeline.first, timeline.last)},
         {"drawing", changes_drawing(timeline)},
         {"undated", text_or_false(undated == 0 ? "" : counted(undated, "snapshot"))},
         {"note", text_or_false(timeline.all_compared ? "" : k_not_all_compared)},
         {"whole_diff",
          text_or_false(several ? diff_url(policy.id, *timeline.first, *timeline.last) : "")}});
    add_rows(view, timeline);
    return view;
}

}  // namespace

std::string vendor_page(const std::string& vendor, const History& history, const Site& site) {
    const View view = make_view({{"vendor", vendor},
                                 {"count", counted(history.timelines.size(), "policy")},
                                 {"timelines", list_of(history.timelines, timeline_view)}});
    return framed(site, {.title = vendor + " – Smallprint",
                         .section = "vendors",
                         .main = rendered(site.files, "vendor", view)});
}

}  // namespace smallprint

// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/model/date.h"
#include "searcher/html/page_template.h"
#include "searcher/html/page_url.h"
#include "searcher/html/pages.h"
#include "searcher/html/site.h"
#include "searcher/html/svg.h"
#include "searcher/over_time/history.h"
#include "searcher/told/facts.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace smallprint {
namespace {

std::size_t count_of(const SnapshotChanges& snapshot, ChangeKind kind) {
    return static_cast<std::size_t>(
        std::ranges::count(snapshot.changes, kind, &ClauseChange::kind));
}

View number_view(std::size_t number) {
    return number == 0 ? View(false) : text_view(thousands(number));
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

// The time of day, where the day alone does not say which snapshot is meant.
View hour_view(const PolicyTimeline& timeline, std::size_t at) {
    const Day day = day_of_snapshot(timeline.dated[at]);
    const bool follows = at > 0 && day_of_snapshot(timeline.dated[at - 1]) == day;
    const bool is_followed =
        at + 1 < timeline.dated.size() && day_of_snapshot(timeline.dated[at + 1]) == day;
    const auto captured = timeline.dated[at].captured;
    if (!captured || !(follows || is_followed)) {
        return {false};
    }
    constexpr std::size_t day_bytes = 11;  // "2014-03-02 "
    const std::string text = capture_text(*captured);
    return text.size() > day_bytes ? text_view(text.substr(day_bytes)) : View(false);
}

View snapshot_view(const PolicyTimeline& timeline, std::size_t at) {
    const SnapshotChanges& snapshot = timeline.dated[at];
    const Day day = day_of_snapshot(snapshot);
    const auto archived = archive_link(snapshot.archive_url);
    View view;
    view["day"] = text_view(format_day(day));
    view["url"] = text_view(policy_url(timeline.policy.id, day));
    view["clauses"] = text_view(thousands(snapshot.clauses));
    view["added"] = number_view(count_of(snapshot, ChangeKind::added));
    view["removed"] = number_view(count_of(snapshot, ChangeKind::removed));
    view["reworded"] = number_view(count_of(snapshot, ChangeKind::reworded));
    view["first"] = snapshot.compared_with == 0;
    view["reextracted"] = snapshot.reextracted;
    const auto before = snapshot.changes.empty() ? std::nullopt : day_before(timeline, at);
    view["diff_url"] = before ? text_view(PageUrl("/diff/" + path_segment(timeline.policy.id))
                                              .add("from", format_day(*before))
                                              .add("to", format_day(day))
                                              .text())
                              : View(false);
    view["hour"] = hour_view(timeline, at);
    view["has_archive"] = archived.has_value();
    view["archive_url"] = text_view(archived ? archived->url : "");
    return view;
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
    view["rows"] = std::move(rows);
    view["older_count"] =
        older.is_empty_list() ? View(false) : text_view(thousands(older.list_value().size()));
    view["older"] = std::move(older);
    view["quiet"] = quiet == 0 ? View(false) : text_view(counted(quiet, "snapshot"));
}

View timeline_view(const PolicyTimeline& timeline) {
    View view;
    view["type"] = text_view(timeline.policy.type.empty() ? "Policy" : timeline.policy.type);
    view["url"] = text_view(policy_url(timeline.policy.id));
    view["title"] = timeline.policy.title.empty() ? View(false) : text_view(timeline.policy.title);
    view["snapshots"] = text_view(counted(timeline.snapshots, "snapshot"));
    view["span"] = text_view(date_span(timeline.first, timeline.last));
    view["drawing"] = html_view(changes_drawing(timeline));
    add_rows(view, timeline);
    view["undated"] = timeline.undated.empty()
                          ? View(false)
                          : text_view(counted(timeline.undated.size(), "snapshot"));
    const bool several = timeline.first && timeline.last && *timeline.first < *timeline.last;
    view["whole_diff"] = several ? text_view(PageUrl("/diff/" + path_segment(timeline.policy.id))
                                                 .add("from", format_day(*timeline.first))
                                                 .add("to", format_day(*timeline.last))
                                                 .text())
                                 : View(false);
    return view;
}

}  // namespace

std::string vendor_page(const std::string& vendor, const History& history, const Site& site) {
    View view;
    view["vendor"] = text_view(vendor);
    view["count"] = text_view(counted(history.timelines.size(), "policy"));
    View timelines = list_view();
    for (const PolicyTimeline& timeline : history.timelines) {
        timelines.push_back(timeline_view(timeline));
    }
    view["timelines"] = std::move(timelines);
    return framed(site, {.title = vendor + " – Smallprint",
                         .section = "vendors",
                         .main = rendered(site.files, "vendor", view)});
}

}  // namespace smallprint

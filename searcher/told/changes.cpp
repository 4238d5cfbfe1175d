// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/told/changes.h"

#include "common/base/strings.h"
#include "common/model/date.h"
#include "searcher/diff/diff.h"
#include "searcher/over_time/history.h"
#include "searcher/told/facts.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace smallprint::told {
namespace {

// The day of the newest capture before a day's.
std::optional<Day> capture_before(const over_time::ClauseLife& life, std::optional<Day> day) {
    std::optional<Day> before;
    for (const CaptureTime capture : life.captures) {
        if (day && day_of(capture) < *day) {
            before = day_of(capture);
        }
    }
    return before;
}

std::string arrival(const over_time::LifeRun& run) {
    if (run.begins_policy) {
        return "It stands in the first snapshot of the policy.";
    }
    const std::string_view came = run.restored ? "It came back" : "It appeared";
    if (run.replaced.empty()) {
        return fmt::format("{}; nothing went from its place.", came);
    }
    return fmt::format("{}{}", came,
                       run.replaced.front().similarity > 0 ? ", reworded from:"
                                                           : "; at its place went:");
}

std::string stay(const over_time::LifeRun& run) {
    if (run.gone) {
        return fmt::format("The last of {} in a row with it.",
                           counted(run.dates.snapshots, "snapshot"));
    }
    return run.dates.snapshots == 1
               ? "The newest snapshot still has it; no other has."
               : fmt::format("The newest snapshot still has it; it is one of {} in a row.",
                             thousands(run.dates.snapshots));
}

std::string departure(const over_time::LifeRun& run) {
    if (run.replaced_by.empty()) {
        return "It vanished; nothing came in its place.";
    }
    return run.replaced_by.front().similarity > 0 ? "It was reworded to:"
                                                  : "It vanished; at its place came:";
}

}  // namespace

std::string path_in_words(const std::vector<std::string>& path) {
    return path.empty() ? "(before the first heading)" : join(path, " › ");
}

std::vector<ChangeCount> clause_counts(const diff::DiffCounts& counts) {
    return {{counts.added, "added"},
            {counts.removed, "removed"},
            {counts.reworded, "reworded"},
            {counts.moved, "moved"},
            {counts.unchanged, "unchanged"}};
}

std::vector<ChangeCount> section_counts(const diff::DiffCounts& counts) {
    return {{counts.sections_added, "added"},
            {counts.sections_removed, "removed"},
            {counts.sections_moved, "moved"},
            {counts.sections_renamed, "renamed"}};
}

std::string day_in_words(const diff::ComparedSnapshot& snapshot) {
    return snapshot.captured ? format_day(day_of(*snapshot.captured)) : "unknown date";
}

std::string no_change(const diff::PolicyDiff& diff) {
    if (diff.same_snapshot()) {
        return "no change: both dates fall on the snapshot of " + day_in_words(diff.after);
    }
    const std::string text = fmt::format("no change: the snapshots of {} and {} say the same",
                                         day_in_words(diff.before), day_in_words(diff.after));
    return diff.counts.boilerplate == 0
               ? text
               : fmt::format("{} ({})", text, boilerplate_changes(diff.counts));
}

std::string not_compared(const diff::NotCompared& missing) {
    return missing.first ? "not compared: the first snapshot is of " + format_day(*missing.first)
                         : "not compared: no snapshot has a date";
}

std::string boilerplate_changes(const diff::DiffCounts& counts) {
    return fmt::format("{} of navigation or footer {}, not shown",
                       counted(counts.boilerplate, "block"),
                       counts.boilerplate == 1 ? "differs" : "differ");
}

std::string extracted_anew(const std::vector<Day>& days) {
    std::vector<std::string> listed;
    std::ranges::transform(days, std::back_inserter(listed), format_day);
    return days.empty() ? ""
                        : fmt::format("the archive extracted anew what it has of {}; changes may "
                                      "be its own, not the vendor's",
                                      join(listed, ", "));
}

std::vector<std::string> section_notes(const diff::SectionDiff& section) {
    std::vector<std::string> notes;
    if (section.fate != diff::SectionFate::kept) {
        notes.emplace_back(section.fate == diff::SectionFate::added ? "section added"
                                                                    : "section removed");
    }
    if (section.renamed) {
        notes.push_back("section renamed, was: " + path_in_words(section.before_path));
    }
    if (section.moved) {
        notes.push_back(section.stood_after.empty()
                            ? "section moved, stood at the beginning"
                            : "section moved, stood after: " + section.stood_after);
    }
    return notes;
}

std::string change_in_words(const diff::ClauseDiff& change) {
    switch (change.kind) {
    case diff::DiffKind::unchanged:
        return "";
    case diff::DiffKind::added:
        return "added";
    case diff::DiffKind::removed:
        return "removed";
    case diff::DiffKind::reworded:
        return "reworded";
    case diff::DiffKind::moved_here:
        return "moved from: " + path_in_words(change.elsewhere);
    case diff::DiffKind::moved_away:
        return "moved to: " + path_in_words(change.elsewhere);
    }
    return "";
}

std::size_t count_changes(const over_time::SnapshotChanges& snapshot, over_time::ChangeKind kind) {
    return static_cast<std::size_t>(
        std::ranges::count(snapshot.changes, kind, &over_time::ClauseChange::kind));
}

std::string changes_in_words(const over_time::SnapshotChanges& snapshot) {
    if (snapshot.compared_with == 0) {
        return "first snapshot";
    }
    std::string words;
    for (const ChangeCount& part :
         {ChangeCount{count_changes(snapshot, over_time::ChangeKind::added), "added"},
          ChangeCount{count_changes(snapshot, over_time::ChangeKind::removed), "removed"},
          ChangeCount{count_changes(snapshot, over_time::ChangeKind::reworded), "reworded"}}) {
        if (part.count > 0) {
            words += fmt::format("{}{} {}", words.empty() ? "" : " · ", thousands(part.count),
                                 part.word);
        }
    }
    if (!snapshot.headings.empty()) {
        words += fmt::format("{}{} changed", words.empty() ? "" : " · ",
                             counted(snapshot.headings.size(), "heading"));
    }
    return words.empty() ? "no change" : words;
}

std::string menus_in_words(std::span<const over_time::SnapshotChanges> snapshots) {
    const auto differing = static_cast<std::size_t>(
        std::ranges::count_if(snapshots, [](const over_time::SnapshotChanges& snapshot) {
            return snapshot.boilerplate > 0;
        }));
    return differing == 0 ? ""
           : snapshots.size() == 1
               ? " · menus or footers differ"
               : fmt::format(" · menus or footers differ in {}", thousands(differing));
}

std::string move_in_words(const over_time::Move& move) {
    return fmt::format("The page moved from {} to {} between {} and {}.", move.from, move.to,
                       format_day(day_of(move.last_there)), format_day(day_of(move.first_here)));
}

std::string when_captured(const over_time::PolicyTimeline& timeline, std::size_t at) {
    const CaptureTime time = timeline.dated[at].captured.value_or(CaptureTime{});
    const auto is_same_day = [&](std::size_t other) {
        return other < timeline.dated.size() && timeline.dated[other].captured &&
               day_of(*timeline.dated[other].captured) == day_of(time);
    };
    return is_same_day(at - 1) || is_same_day(at + 1) ? capture_text(time)
                                                      : format_day(day_of(time));
}

std::vector<LifeEvent> life_events(const over_time::ClauseLife& life) {
    std::vector<LifeEvent> events;
    for (const over_time::LifeRun& run : life.runs) {
        events.push_back({.kind = LifeEvent::Kind::came,
                          .day = run.dates.first,
                          .compared_with = run.begins_policy
                                               ? std::nullopt
                                               : capture_before(life, run.dates.first),
                          .words = arrival(run),
                          .extracted_anew = run.reextracted_first,
                          .others = run.replaced});
        for (const over_time::Move& move : run.moves) {
            events.push_back({.kind = LifeEvent::Kind::moved,
                              .day = day_of(move.first_here),
                              .compared_with = day_of(move.last_there),
                              .words = move_in_words(move)});
        }
        if (run.dates.snapshots > 1 || !run.gone) {
            events.push_back(
                {.kind = LifeEvent::Kind::stayed, .day = run.dates.last, .words = stay(run)});
        }
        if (run.gone) {
            events.push_back({.kind = LifeEvent::Kind::went,
                              .day = day_of(*run.gone),
                              .compared_with = run.dates.last,
                              .words = departure(run),
                              .extracted_anew = run.reextracted_gone,
                              .others = run.replaced_by});
        }
    }
    return events;
}

std::string undated_in_words(const over_time::ClauseLife& life) {
    return life.undated == 0 ? ""
                             : fmt::format("It also stands in {} without a date.",
                                           counted(life.undated, "snapshot"));
}

}  // namespace smallprint::told

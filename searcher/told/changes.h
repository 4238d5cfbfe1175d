// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/model/date.h"
#include "searcher/diff/diff.h"
#include "searcher/over_time/history.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace smallprint::told {

// Changes of policies and clauses in words.

// A snapshot that an archive extracted anew may differ by the archive's doing.
inline constexpr std::string_view k_extracted_anew =
    "The archive extracted this snapshot anew: what changed may be its doing, not the vendor's.";

// Said of a timeline where the comparison was cut short.
inline constexpr std::string_view k_not_all_compared =
    "There was too much to compare: some clauses that were reworded are shown as removed and "
    "added.";

// "1. Information › Cookies"; "(before the first heading)" of an empty path.
std::string path_in_words(const std::vector<std::string>& path);

// --- Two snapshots compared

struct ChangeCount {
    std::size_t count = 0;
    std::string_view word;  // "added"
};

// Clauses that were added, removed, reworded and moved, and those that did not change.
std::vector<ChangeCount> clause_counts(const diff::DiffCounts& counts);
std::vector<ChangeCount> section_counts(const diff::DiffCounts& counts);

std::string day_in_words(const diff::ComparedSnapshot& snapshot);  // "unknown date" if it has none

// "no change: both dates fall on the snapshot of 2014-03-02".
std::string no_change(const diff::PolicyDiff& diff);
std::string not_compared(const diff::NotCompared& missing);

// "2 blocks of navigation or footer differ, not shown".
std::string boilerplate_changes(const diff::DiffCounts& counts);

// The snapshots in between that the archive extracted anew; empty if there are none.
std::string extracted_anew(const std::vector<Day>& days);

// "section renamed, was: Sharing": a sentence for each thing that happened to a section.
std::vector<std::string> section_notes(const diff::SectionDiff& section);

// "added", "moved to: Cookies"; empty of what did not change.
std::string change_in_words(const diff::ClauseDiff& change);

// --- The snapshots of a policy

std::size_t count_changes(const over_time::SnapshotChanges& snapshot, over_time::ChangeKind kind);

// "3 added · 1 reworded", "no change" or "first snapshot".
std::string changes_in_words(const over_time::SnapshotChanges& snapshot);

// " · menus or footers differ", with in how many of several snapshots; empty where they are the
// same.
std::string menus_in_words(std::span<const over_time::SnapshotChanges> snapshots);

// "The page moved from https://a.example/x to https://a.example/y between 2019-01-01 and
// 2020-01-01."
std::string move_in_words(const over_time::Move& move);

// The day of a dated snapshot; with the time where another one is of the same day.
std::string when_captured(const over_time::PolicyTimeline& timeline, std::size_t at);

// --- The life of a clause

// An event of a day, with the clauses that it came or went for.
struct LifeEvent {
    enum class Kind : std::uint8_t { came, moved, stayed, went };

    Kind kind = Kind::came;
    std::optional<Day> day;
    std::optional<Day> compared_with = {};  // the day of the snapshot before
    std::string words;                      // "It came back, reworded from:"
    bool extracted_anew = false;
    std::span<const over_time::OtherWording> others = {};  // of the life
};

// In order of time.
std::vector<LifeEvent> life_events(const over_time::ClauseLife& life);

// "It also stands in 2 snapshots without a date."; empty if there are none.
std::string undated_in_words(const over_time::ClauseLife& life);

}  // namespace smallprint::told

// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/enum_names.h"
#include "common/model/date.h"
#include "common/model/policy.h"
#include "searcher/index/clause_view.h"
#include "searcher/request/deadline.h"
#include "searcher/request/requests.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace smallprint::over_time {

// A history tells what happened to a policy from snapshot to snapshot, or to one clause of it.
// Of boilerplate it tells only how many blocks differ. Snapshots without a date have no place in
// time: nothing is compared with them.

enum class ChangeKind : std::uint8_t {
    added,
    removed,
    reworded,  // from `before` to `after`
};

constexpr auto enum_names(ChangeKind /*value*/) {
    return std::array{EnumName{ChangeKind::added, "added"},
                      EnumName{ChangeKind::removed, "removed"},
                      EnumName{ChangeKind::reworded, "reworded"}};
}

// Clauses are named by their passage numbers, 0 for none.
struct ClauseChange {
    ChangeKind kind = ChangeKind::added;
    std::uint32_t before = 0;
    std::uint32_t after = 0;
    double similarity = 0;                  // the share of words that a reworded one kept
    bool restored = false;                  // `after` stood in a snapshot before, then did not
    std::vector<std::string> heading_path;  // it stands under, outermost first
};

// A heading or title that changed; one took the place of another where both are there.
struct HeadingChange {
    ChangeKind kind = ChangeKind::added;
    std::string before;
    std::string after;
    std::vector<std::string> heading_path;  // of those above it, outermost first
};

// The page of a policy is another one than in the capture before.
struct Move {
    std::string from;  // addresses
    std::string to;
    CaptureTime last_there;  // between these moments
    CaptureTime first_here;
};

struct SnapshotChanges : Capture {
    std::size_t number = 0;               // from 1
    bool reextracted = false;             // by the archive: the changes are not the vendor's
    std::optional<Move> move;             // that it shows
    std::size_t clauses = 0;              // in the snapshot
    std::size_t compared_with = 0;        // number of the snapshot before, 0 for none
    std::vector<ClauseChange> changes;    // against that one, in the order of the text
    std::vector<HeadingChange> headings;  // those that no clause tells
    std::size_t boilerplate = 0;          // blocks that stand in one of the two only
};

// True if clauses or headings changed.
bool has_changes(const SnapshotChanges& snapshot);

struct ClauseText {
    std::string id;
    std::string text;
};

struct PolicyTimeline {
    index::PolicyFacts policy;
    std::size_t snapshots = 0;  // all of the policy
    std::optional<Day> first;
    std::optional<Day> last;
    std::vector<SnapshotChanges> dated;    // within the days asked for, oldest first
    std::vector<SnapshotChanges> undated;  // in no order
    std::vector<ClauseText> clauses;       // by passage number; empty where no change names it
    bool all_compared = true;  // else there was too much: some reworded ones are told as removed
                               // and added
};

// A clause that stood at the place of another before that came, or after it went.
struct OtherWording {
    ClauseText clause;
    double similarity = 0;  // 0 where it is another clause rather than another wording
};

struct LifeRun {
    index::RunDates dates;
    std::size_t first = 0;  // snapshot numbers, from 1
    std::size_t last = 0;
    std::vector<OtherWording> replaced;  // empty where the clause was new, or the policy
    bool begins_policy = false;          // no snapshot before
    bool restored = false;               // it had stood before, then not
    bool reextracted_first = false;      // it came, or went, when the archive extracted anew
    std::vector<OtherWording> replaced_by;
    std::optional<CaptureTime> gone;  // when the first snapshot without it was captured
    bool reextracted_gone = false;
    std::vector<Move> moves;  // of the policy while the clause stood
};

struct ClauseLife {
    index::ClauseView clause;
    std::size_t policy_snapshots = 0;
    std::vector<CaptureTime> captures;  // dates of the policy's snapshots
    std::vector<LifeRun> runs;          // dated ones that have a day of the span asked for
    std::size_t undated = 0;            // snapshots without a date that have the clause
};

// Has the life of a clause, or else the timelines of policies.
struct History {
    std::optional<ClauseLife> life;
    std::vector<PolicyTimeline> timelines;
};

// passages[i].number has to be i + 1.
PolicyTimeline make_timeline(const Policy& policy, const std::vector<Passage>& passages,
                             const request::HistoryRequest& request);

// All but `clause`. `number` is that of a passage.
ClauseLife make_life(const Policy& policy, const std::vector<Passage>& passages,
                     std::uint32_t number, const request::HistoryRequest& request);

}  // namespace smallprint::over_time

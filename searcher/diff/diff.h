// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/enum_names.h"
#include "common/base/result.h"
#include "common/index_format/directory.h"
#include "common/model/date.h"
#include "searcher/diff/word_diff.h"
#include "searcher/index/clause_view.h"
#include "searcher/request/deadline.h"
#include "searcher/request/requests.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace smallprint::index {
class Index;
}  // namespace smallprint::index

namespace smallprint::diff {

// A diff says what changed from one snapshot of a policy to another, as plain values.

enum class DiffKind : std::uint8_t {
    unchanged,   // shown as context
    added,       // stands in the newer snapshot only
    removed,     // stood in the older one only
    reworded,    // in both, with other words
    moved_here,  // in both, but stood elsewhere; perhaps with other words
    moved_away,  // the place where one of another section stood
};

constexpr auto enum_names(DiffKind /*value*/) {
    return std::array{
        EnumName{DiffKind::unchanged, "unchanged"},   EnumName{DiffKind::added, "added"},
        EnumName{DiffKind::removed, "removed"},       EnumName{DiffKind::reworded, "reworded"},
        EnumName{DiffKind::moved_here, "moved_here"}, EnumName{DiffKind::moved_away, "moved_away"}};
}

struct ClauseDiff {
    DiffKind kind = DiffKind::unchanged;
    std::size_t unchanged_before = 0;  // clauses left out between it and the one before
    std::string before_id;             // empty where it was added
    std::string after_id;              // empty where it was removed
    std::string before;
    std::string after;
    std::vector<WordChange> words;       // where the two texts differ
    std::vector<std::string> elsewhere;  // headings of the other place of a moved clause
};

enum class SectionFate : std::uint8_t { kept, added, removed };

constexpr auto enum_names(SectionFate /*value*/) {
    return std::array{EnumName{SectionFate::kept, "kept"}, EnumName{SectionFate::added, "added"},
                      EnumName{SectionFate::removed, "removed"}};
}

// A heading and the clauses just under it.
struct SectionDiff {
    SectionFate fate = SectionFate::kept;
    bool moved = false;                    // among the sections; not with the one it stands in
    bool renamed = false;                  // more than its number
    std::vector<std::string> before_path;  // headings, outermost first; empty before the first,
    std::vector<std::string> after_path;   // and where there is no such section
    std::string stood_after;               // the heading before a moved section in the old order
    std::vector<ClauseDiff> changes;       // in the order of the newer snapshot
    std::size_t unchanged_after = 0;       // clauses left out behind the last change
};

struct DiffCounts {
    std::size_t added = 0;
    std::size_t removed = 0;
    std::size_t reworded = 0;
    std::size_t moved = 0;  // with or without other words
    std::size_t unchanged = 0;
    std::size_t boilerplate = 0;  // blocks that stand in one of them only
    std::size_t sections_added = 0;
    std::size_t sections_removed = 0;
    std::size_t sections_moved = 0;
    std::size_t sections_renamed = 0;
};

struct ComparedSnapshot : Capture {
    std::size_t number = 0;  // from 1
    std::string title;
};

struct PolicyDiff {
    index::PolicyFacts policy;
    std::size_t snapshots = 0;  // of the policy
    ComparedSnapshot before;
    ComparedSnapshot after;
    // Snapshots after the older one, up to the newer one, that the archive extracted anew: what
    // changed there may not be the vendor's doing.
    std::vector<Day> reextracted;
    DiffCounts counts;
    std::vector<SectionDiff> sections;  // those with changes, in the order of the newer snapshot

    bool same_snapshot() const { return before.number == after.number; }

    bool changed() const { return !sections.empty() || before.title != after.title; }
};

// A policy that was asked for and has no snapshot as early as that.
struct NotCompared {
    index::PolicyFacts policy;
    std::optional<Day> first;  // absent if none of its snapshots has a date
};

struct DiffResults {
    request::DiffRequest request;
    std::vector<PolicyDiff> policies;  // at least one
    std::vector<NotCompared> not_compared;
};

// Compares two snapshots of one policy, `reextracted` aside.
PolicyDiff compare_snapshots(const index::PolicyView& before, const index::PolicyView& after,
                             std::size_t context);

// Compares the snapshots that stood on the days of the request, of each of the policies that has
// its type. ErrorCode::not_found if there is none, or none is that old.
Result<DiffResults> diff_policies(index::Index& index,
                                  std::vector<index_format::DocumentId> policies,
                                  const request::DiffRequest& request);

}  // namespace smallprint::diff

// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/diff/diff.h"

#include "common/base/error.h"
#include "common/base/result.h"
#include "common/index_format/directory.h"
#include "common/model/date.h"
#include "common/model/policy.h"
#include "common/model/section.h"
#include "common/model/snapshot.h"
#include "searcher/diff/alignment.h"
#include "searcher/diff/clause_match.h"
#include "searcher/diff/outline.h"
#include "searcher/diff/section_match.h"
#include "searcher/diff/word_bags.h"
#include "searcher/diff/word_diff.h"
#include "searcher/index/clause_view.h"
#include "searcher/index/index.h"
#include "searcher/index/lookup.h"
#include "searcher/index/views.h"
#include "searcher/request/deadline.h"
#include "searcher/request/requests.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace smallprint::diff {
namespace {

ComparedSnapshot describe_snapshot(const index::PolicyView& view, const Outline& outline) {
    return {static_cast<const Capture&>(view), view.snapshot, outline.title};
}

std::size_t boilerplate_changes(const index::PolicyView& before, const index::PolicyView& after) {
    std::set<std::string> blocks[2];
    const index::PolicyView* views[2] = {&before, &after};
    for (std::size_t i = 0; i < 2; ++i) {
        for (const index::PolicyLine& line : views[i]->lines) {
            if (line.kind == PieceKind::boilerplate) {
                blocks[i].insert(line.id);
            }
        }
    }
    std::vector<std::string> differing;
    std::ranges::set_symmetric_difference(blocks[0], blocks[1], std::back_inserter(differing));
    return differing.size();
}

// Keeps of the unchanged clauses those beside a change, and counts the others.
void leave_out_unchanged(SectionDiff& section, std::size_t context) {
    const std::vector<ClauseDiff>& all = section.changes;
    std::vector<bool> shown(all.size(), false);
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (all[i].kind == DiffKind::unchanged) {
            continue;
        }
        const std::size_t end = std::min(all.size(), i + context + 1);
        for (std::size_t near = i - std::min(i, context); near < end; ++near) {
            shown[near] = true;
        }
    }
    std::vector<ClauseDiff> kept;
    std::size_t left_out = 0;
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (!shown[i]) {
            ++left_out;
            continue;
        }
        kept.push_back(std::move(section.changes[i]));
        kept.back().unchanged_before = std::exchange(left_out, 0);
    }
    section.changes = std::move(kept);
    section.unchanged_after = left_out;
}

// Puts the matches together to what is told, section by section.
class DiffWriter {
public:
    DiffWriter(const Outline& before, const Outline& after, std::size_t context)
        : m_before(before), m_after(after), m_context(context),
          m_sections(match_sections(before, after, m_bags)),
          m_clauses(match_clauses(before, after, m_sections, m_bags)) {}

    void write(PolicyDiff& diff) {
        std::map<std::size_t, std::vector<std::size_t>> removed = removed_sections();
        for (std::size_t j = 0; j < m_after.sections.size(); ++j) {
            add_section(section_at(j), diff);
            for (const std::size_t i : removed[j]) {
                add_section(removed_section(i), diff);
            }
        }
        diff.counts = m_counts;
    }

private:
    // By the section of the newer snapshot behind which they are told. The first sections, those
    // without a heading, belong together whatever they say.
    std::map<std::size_t, std::vector<std::size_t>> removed_sections() const {
        std::map<std::size_t, std::vector<std::size_t>> removed;
        std::size_t behind = 0;
        for (std::size_t i = 0; i < m_before.sections.size(); ++i) {
            const auto& match = m_sections.of_before[i];
            if (!match) {
                removed[behind].push_back(i);
            } else if (match->in_place) {
                behind = match->partner;
            }
        }
        return removed;
    }

    SectionDiff section_at(std::size_t j) {
        SectionDiff section;
        section.after_path = m_after.sections[j].path;
        const auto& match = m_sections.of_after[j];
        if (!match) {
            section.fate = SectionFate::added;
            ++m_counts.sections_added;
            add_newer(section, m_after.sections[j].first_clause, m_after.sections[j].end_clause);
            return section;
        }
        const std::size_t i = match->partner;
        section.before_path = m_before.sections[i].path;
        section.moved = match->moved;
        section.renamed = match->renamed;
        m_counts.sections_moved += match->moved ? 1U : 0U;
        m_counts.sections_renamed += match->renamed ? 1U : 0U;
        if (match->moved && i > 0 && !m_before.sections[i - 1].path.empty()) {
            section.stood_after = m_before.sections[i - 1].path.back();
        }
        add_both(section, i, j);
        return section;
    }

    SectionDiff removed_section(std::size_t i) {
        SectionDiff section;
        section.fate = SectionFate::removed;
        section.before_path = m_before.sections[i].path;
        ++m_counts.sections_removed;
        add_older(section, m_before.sections[i].first_clause, m_before.sections[i].end_clause);
        return section;
    }

    // The clauses of a section that both have: those in one order on both sides, and before each of
    // them what stood there and what stands there.
    void add_both(SectionDiff& section, std::size_t i, std::size_t j) {
        const OutlineSection& old_section = m_before.sections[i];
        const OutlineSection& new_section = m_after.sections[j];
        std::vector<AlignedPair> matches;
        for (std::size_t at = old_section.first_clause; at < old_section.end_clause; ++at) {
            const auto partner = m_clauses.of_before[at];
            if (partner && m_after.clauses[*partner].section == j) {
                matches.push_back({at, *partner, m_before.clauses[at].line->text.size() + 1});
            }
        }
        std::size_t old_at = old_section.first_clause;
        std::size_t new_at = new_section.first_clause;
        for (const AlignedPair& match : keep_in_order(std::move(matches))) {
            add_older(section, old_at, match.before);
            add_newer(section, new_at, match.after);
            add_in_place(section, match);
            old_at = match.before + 1;
            new_at = match.after + 1;
        }
        add_older(section, old_at, old_section.end_clause);
        add_newer(section, new_at, new_section.end_clause);
    }

    ClauseDiff pair(DiffKind kind, std::size_t i, std::size_t j) const {
        const index::PolicyLine& old_line = *m_before.clauses[i].line;
        const index::PolicyLine& new_line = *m_after.clauses[j].line;
        ClauseDiff change;
        change.kind = kind;
        change.before_id = old_line.id;
        change.after_id = new_line.id;
        change.before = old_line.text;
        change.after = new_line.text;
        if (old_line.text != new_line.text) {
            change.words = diff_words(old_line.text, new_line.text);
        }
        return change;
    }

    void add_in_place(SectionDiff& section, const AlignedPair& match) {
        const bool same =
            m_before.clauses[match.before].line->id == m_after.clauses[match.after].line->id;
        ++(same ? m_counts.unchanged : m_counts.reworded);
        section.changes.push_back(
            pair(same ? DiffKind::unchanged : DiffKind::reworded, match.before, match.after));
    }

    // Adds clauses that no longer stand here. Those that moved inside of the section are told at
    // their new place only.
    void add_older(SectionDiff& section, std::size_t begin, std::size_t end) {
        for (std::size_t i = begin; i < end; ++i) {
            const auto partner = m_clauses.of_before[i];
            if (partner) {
                const std::size_t new_section = m_after.clauses[*partner].section;
                if (is_same_section(m_before.clauses[i].section, new_section)) {
                    continue;
                }
                section.changes.push_back(pair(DiffKind::moved_away, i, *partner));
                section.changes.back().elsewhere = m_after.sections[new_section].path;
                continue;
            }
            ++m_counts.removed;
            ClauseDiff change;
            change.kind = DiffKind::removed;
            change.before_id = m_before.clauses[i].line->id;
            change.before = m_before.clauses[i].line->text;
            section.changes.push_back(std::move(change));
        }
    }

    // Adds clauses that did not stand here before.
    void add_newer(SectionDiff& section, std::size_t begin, std::size_t end) {
        for (std::size_t j = begin; j < end; ++j) {
            const auto partner = m_clauses.of_after[j];
            if (partner) {
                ++m_counts.moved;
                section.changes.push_back(pair(DiffKind::moved_here, *partner, j));
                section.changes.back().elsewhere =
                    m_before.sections[m_before.clauses[*partner].section].path;
                continue;
            }
            ++m_counts.added;
            ClauseDiff change;
            change.kind = DiffKind::added;
            change.after_id = m_after.clauses[j].line->id;
            change.after = m_after.clauses[j].line->text;
            section.changes.push_back(std::move(change));
        }
    }

    bool is_same_section(std::size_t i, std::size_t j) const {
        const auto& match = m_sections.of_before[i];
        return match && match->partner == j;
    }

    void add_section(SectionDiff section, PolicyDiff& diff) const {
        leave_out_unchanged(section, m_context);
        const bool is_told = section.fate != SectionFate::kept || section.moved || section.renamed;
        if (is_told || !section.changes.empty()) {
            diff.sections.push_back(std::move(section));
        }
    }

    const Outline& m_before;
    const Outline& m_after;
    std::size_t m_context;
    WordBags m_bags;
    SectionMatches m_sections;
    ClauseMatches m_clauses;
    DiffCounts m_counts;
};

std::optional<Day> first_day(const Policy& policy) {
    for (const Snapshot& snapshot : policy.snapshots) {
        if (snapshot.captured) {
            return day_of(*snapshot.captured);
        }
    }
    return std::nullopt;
}

std::vector<Day> reextracted(const Policy& policy, std::size_t before, std::size_t after) {
    std::vector<Day> days;
    for (std::size_t i = before + 1; i <= after; ++i) {
        const Snapshot& snapshot = policy.snapshots[i];
        if (snapshot.reextracted && snapshot.captured) {
            days.push_back(day_of(*snapshot.captured));
        }
    }
    return days;
}

Failure none_so_early(const DiffResults& results) {
    std::optional<Day> first;
    for (const NotCompared& policy : results.not_compared) {
        first = !first || (policy.first && *policy.first < *first) ? policy.first : first;
    }
    return fail(ErrorCode::not_found,
                fmt::format("there is no snapshot of '{}' from {} or before",
                            results.not_compared.front().policy.vendor,
                            format_day(results.request.before)),
                first ? fmt::format("the first one is of {}", format_day(*first))
                      : "none of its snapshots has a date");
}

}  // namespace

PolicyDiff compare_snapshots(const index::PolicyView& before, const index::PolicyView& after,
                             std::size_t context) {
    const Outline old_outline = make_outline(before);
    const Outline new_outline = make_outline(after);
    PolicyDiff diff;
    diff.policy = after.policy;
    diff.snapshots = after.snapshots;
    diff.before = describe_snapshot(before, old_outline);
    diff.after = describe_snapshot(after, new_outline);
    DiffWriter(old_outline, new_outline, context).write(diff);
    diff.counts.boilerplate = boilerplate_changes(before, after);
    return diff;
}

Result<DiffResults> diff_policies(index::Index& index,
                                  std::vector<index_format::DocumentId> policies,
                                  const request::DiffRequest& request) {
    TRY_ASSIGN(policies, index::keep_type(policies, request.vendor_or_id, request.type, index));
    DiffResults results{request, {}, {}};
    const request::Deadline deadline(request.time_limit);
    for (const index_format::DocumentId document : policies) {
        TRY(deadline.check());
        TRY_ASSIGN(const index::PolicyPointer policy, index.policy(document));
        const auto before = index::snapshot_at(*policy, request.before);
        const auto after = index::snapshot_at(*policy, request.after);
        if (!before || !after) {
            results.not_compared.push_back({index::policy_facts(*policy), first_day(*policy)});
            continue;
        }
        TRY_ASSIGN(const index::PolicyView old_view,
                   index::view_policy(index, document, *before, 0));
        TRY_ASSIGN(const index::PolicyView new_view,
                   index::view_policy(index, document, *after, 0));
        results.policies.push_back(compare_snapshots(old_view, new_view, request.context));
        results.policies.back().reextracted = reextracted(*policy, *before, *after);
    }
    if (results.policies.empty()) {
        return none_so_early(results);
    }
    return results;
}

}  // namespace smallprint::diff

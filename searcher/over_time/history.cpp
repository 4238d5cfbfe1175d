// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/over_time/history.h"

#include "common/model/date.h"
#include "common/model/policy.h"
#include "common/model/section.h"
#include "searcher/index/clause_view.h"
#include "searcher/index/views.h"
#include "searcher/over_time/heading_comparison.h"
#include "searcher/over_time/snapshot_comparison.h"
#include "searcher/request/requests.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <ranges>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace smallprint::over_time {
namespace {

constexpr std::size_t k_most_others = 3;  // clauses told to have stood at a clause's place

bool is_inside(Day day, const request::HistoryRequest& request) {
    return (!request.from || *request.from <= day) && (!request.to || day <= *request.to);
}

std::size_t first_dated(const Policy& policy) {
    const auto found = std::ranges::find_if(
        policy.snapshots, [](const Snapshot& snapshot) { return snapshot.captured.has_value(); });
    return static_cast<std::size_t>(found - policy.snapshots.begin());
}

ClauseText clause_text(const Policy& policy, const Passage& passage) {
    const std::uint64_t hash = policy_hash(policy.vendor, policy.terms_type, policy.key);
    return {clause_id(hash, text_hash(passage.text)), passage.text};
}

// The move that a snapshot shows, if it does.
std::optional<Move> find_move(const Policy& policy, std::size_t number) {
    const Snapshot& here = policy.snapshots[number];
    for (std::size_t i = number; here.moved && here.captured && i > 0; --i) {
        const Snapshot& there = policy.snapshots[i - 1];
        if (there.captured && !there.source_url.empty()) {
            return Move{there.source_url, here.source_url, *there.captured, *here.captured};
        }
    }
    return std::nullopt;
}

SnapshotChanges facts_of_snapshot(const Policy& policy, const std::vector<Passage>& passages,
                                  std::size_t number) {
    const Snapshot& snapshot = policy.snapshots[number];
    SnapshotChanges facts;
    static_cast<Capture&>(facts) = static_cast<const Capture&>(snapshot);
    facts.number = number + 1;
    facts.reextracted = snapshot.reextracted;
    facts.move = find_move(policy, number);
    facts.clauses =
        static_cast<std::size_t>(std::ranges::count_if(snapshot.order, [&](const Step& step) {
            return !step.is_heading && passages[step.number - 1].kind == PieceKind::clause;
        }));
    return facts;
}

ChangeKind change_kind(const PassageChange& change) {
    return change.before == 0  ? ChangeKind::added
           : change.after == 0 ? ChangeKind::removed
                               : ChangeKind::reworded;
}

// Walks through the dated snapshots, and knows which clauses stood before.
class TimelineBuilder {
public:
    TimelineBuilder(const Policy& policy, const std::vector<Passage>& passages)
        : m_policy(policy), m_passages(passages), m_comparison(policy, passages),
          m_seen(passages.size() + 1, false) {
        m_timeline.clauses.resize(passages.size() + 1);
    }

    void add(std::size_t snapshot, bool is_wanted) {
        if (is_wanted) {
            SnapshotChanges changes = facts_of_snapshot(m_policy, m_passages, snapshot);
            if (snapshot > 0 && m_policy.snapshots[snapshot - 1].captured) {
                add_changes(snapshot, changes);
            }
            m_timeline.dated.push_back(std::move(changes));
        }
        for (const Step& step : m_policy.snapshots[snapshot].order) {
            if (!step.is_heading) {
                m_seen[step.number] = true;
            }
        }
    }

    PolicyTimeline take() {
        m_timeline.all_compared = !m_comparison.limit_reached();
        return std::move(m_timeline);
    }

private:
    void add_changes(std::size_t snapshot, SnapshotChanges& into) {
        into.compared_with = snapshot;
        for (const PassageChange& change : m_comparison.compare(snapshot - 1, snapshot)) {
            into.changes.push_back(make_change(change));
        }
        for (const HeadingDifference& difference :
             compare_headings(m_policy, m_passages, snapshot - 1, snapshot)) {
            into.headings.push_back(make_change(difference));
        }
        const std::set<std::uint32_t> before = boilerplate_in(snapshot - 1);
        const std::set<std::uint32_t> after = boilerplate_in(snapshot);
        std::vector<std::uint32_t> differing;
        std::ranges::set_symmetric_difference(before, after, std::back_inserter(differing));
        into.boilerplate = differing.size();
    }

    std::set<std::uint32_t> boilerplate_in(std::size_t snapshot) const {
        std::set<std::uint32_t> blocks;
        for (const Step& step : m_policy.snapshots[snapshot].order) {
            if (!step.is_heading && stands_aside(m_passages[step.number - 1].kind)) {
                blocks.insert(step.number);
            }
        }
        return blocks;
    }

    HeadingChange make_change(const HeadingDifference& difference) const {
        HeadingChange out;
        out.kind = !difference.before  ? ChangeKind::added
                   : !difference.after ? ChangeKind::removed
                                       : ChangeKind::reworded;
        const auto label = [this](std::optional<std::uint32_t> heading) {
            return heading ? index::heading_label(m_policy.headings[*heading]) : std::string();
        };
        out.before = label(difference.before);
        out.after = label(difference.after);
        out.heading_path = labels(difference.path);
        return out;
    }

    std::vector<std::string> labels(const std::vector<std::uint32_t>& headings) const {
        std::vector<std::string> labels;
        labels.reserve(headings.size());
        for (const std::uint32_t heading : headings) {
            labels.push_back(index::heading_label(m_policy.headings[heading]));
        }
        return labels;
    }

    ClauseChange make_change(const PassageChange& change) {
        ClauseChange out;
        out.kind = change_kind(change);
        out.before = change.before;
        out.after = change.after;
        out.similarity = change.similarity;
        out.restored = m_seen[change.after];
        out.heading_path = labels(change.headings);
        keep(change.before);
        keep(change.after);
        return out;
    }

    void keep(std::uint32_t number) {
        if (number != 0 && m_timeline.clauses[number].id.empty()) {
            m_timeline.clauses[number] = clause_text(m_policy, m_passages[number - 1]);
        }
    }

    const Policy& m_policy;
    const std::vector<Passage>& m_passages;
    SnapshotComparison m_comparison;
    std::vector<bool> m_seen;  // by passage, in a dated snapshot; m_seen[0] stays false
    PolicyTimeline m_timeline;
};

// The other end of the change that made a clause come or go: its other wording, or what stood in
// the same gap.
class Neighbourhood {
public:
    Neighbourhood(const Policy& policy, const std::vector<Passage>& passages, std::uint32_t number)
        : m_policy(policy), m_passages(passages), m_comparison(policy, passages), m_number(number) {
    }

    std::vector<OtherWording> replaced(std::size_t snapshot) {
        return others(snapshot, &PassageChange::after, &PassageChange::before);
    }

    std::vector<OtherWording> replaced_by(std::size_t snapshot) {
        return others(snapshot, &PassageChange::before, &PassageChange::after);
    }

private:
    using Side = std::uint32_t PassageChange::*;

    std::vector<OtherWording> others(std::size_t snapshot, Side own, Side other) {
        const std::vector<PassageChange> changes = m_comparison.compare(snapshot - 1, snapshot);
        const auto ours = std::ranges::find(changes, m_number, own);
        std::vector<OtherWording> found;
        if (ours == changes.end()) {
            return found;  // as of a heading
        }
        if ((*ours).*other != 0) {
            return {{clause_text(m_policy, m_passages[(*ours).*other - 1]), ours->similarity}};
        }
        for (const PassageChange& change : changes) {
            const bool at_our_place = change.above == ours->above && change.below == ours->below;
            if (at_our_place && change.*own == 0 && found.size() < k_most_others) {
                found.push_back({clause_text(m_policy, m_passages[change.*other - 1]), 0});
            }
        }
        return found;
    }

    const Policy& m_policy;
    const std::vector<Passage>& m_passages;
    SnapshotComparison m_comparison;
    std::uint32_t m_number;
};

bool overlaps(const index::RunDates& run, const request::HistoryRequest& request) {
    return (!request.from || !run.last || *request.from <= *run.last) &&
           (!request.to || !run.first || *run.first <= *request.to);
}

}  // namespace

bool has_changes(const SnapshotChanges& snapshot) {
    return !snapshot.changes.empty() || !snapshot.headings.empty();
}

PolicyTimeline make_timeline(const Policy& policy, const std::vector<Passage>& passages,
                             const request::HistoryRequest& request) {
    TimelineBuilder timeliner(policy, passages);
    const std::size_t first = first_dated(policy);
    for (std::size_t i = first; i < policy.snapshots.size(); ++i) {
        const auto& captured = policy.snapshots[i].captured;
        timeliner.add(i, captured && is_inside(day_of(*captured), request));
    }
    PolicyTimeline timeline = timeliner.take();
    timeline.policy = index::policy_facts(policy);
    timeline.snapshots = policy.snapshots.size();
    for (std::size_t i = 0; i < first; ++i) {
        timeline.undated.push_back(facts_of_snapshot(policy, passages, i));
    }
    if (first < policy.snapshots.size()) {
        const auto last = static_cast<std::uint32_t>(policy.snapshots.size() - 1);
        const index::RunDates dates =
            index::run_dates(policy, {static_cast<std::uint32_t>(first), last});
        timeline.first = dates.first;
        timeline.last = dates.last;
    }
    return timeline;
}

ClauseLife make_life(const Policy& policy, const std::vector<Passage>& passages,
                     std::uint32_t number, const request::HistoryRequest& request) {
    Neighbourhood neighbourhood(policy, passages, number);
    ClauseLife life;
    life.policy_snapshots = policy.snapshots.size();
    const std::size_t start = first_dated(policy);
    for (const Snapshot& snapshot : policy.snapshots) {
        if (snapshot.captured) {
            life.captures.push_back(*snapshot.captured);
        }
    }
    const std::vector<Run>& runs = passages[number - 1].runs;
    const auto dated =
        std::ranges::find_if(runs, [&](const Run& run) { return run.first >= start; });
    for (auto run = runs.begin(); run != dated; ++run) {
        life.undated += run->last - run->first + 1;
    }
    for (const Run& run : std::ranges::subrange(dated, runs.end())) {
        LifeRun lived;
        lived.dates = index::run_dates(policy, run);
        lived.first = run.first + std::size_t{1};
        lived.last = run.last + std::size_t{1};
        lived.begins_policy = run.first == start;
        lived.restored = run.first != dated->first;
        if (!overlaps(lived.dates, request)) {
            continue;
        }
        if (!lived.begins_policy) {
            lived.reextracted_first = policy.snapshots[run.first].reextracted;
            lived.replaced = neighbourhood.replaced(run.first);
        }
        if (lived.last < policy.snapshots.size()) {
            lived.gone = policy.snapshots[lived.last].captured;
            lived.reextracted_gone = policy.snapshots[lived.last].reextracted;
            lived.replaced_by = neighbourhood.replaced_by(lived.last);
        }
        for (std::size_t i = lived.first; i < lived.last; ++i) {
            if (std::optional<Move> move = find_move(policy, i)) {
                lived.moves.push_back(std::move(*move));
            }
        }
        life.runs.push_back(std::move(lived));
    }
    return life;
}

}  // namespace smallprint::over_time

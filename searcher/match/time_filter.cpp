// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/match/time_filter.h"

#include "common/base/result.h"
#include "common/fields/field_table.h"
#include "common/index_format/bytes.h"
#include "common/index_format/directory.h"
#include "common/model/date.h"
#include "common/model/policy.h"
#include "searcher/index/index.h"
#include "searcher/index/views.h"
#include "searcher/match/condition.h"
#include "searcher/query/ast.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <vector>

namespace smallprint::match {
namespace {

bool has(const query::DayRange& range, std::optional<Day> day) {
    return day && (!range.from || *day >= *range.from) && (!range.to || *day <= *range.to);
}

bool is_open(const query::DayRange& range) {
    return !range.from && !range.to;
}

bool overlaps(const query::DayRange& range, std::optional<Day> first, std::optional<Day> last) {
    return first && last && (!range.to || *first <= *range.to) &&
           (!range.from || *last >= *range.from);
}

// Decides a condition by the directory alone; nothing if the runs have to be looked at.
std::optional<bool> decide_from_directory(const index_format::DocumentFacts& facts,
                                          const HasFact& condition) {
    const std::optional<Day> first = index_format::day_of_number(facts.first_seen);
    const std::optional<Day> last = index_format::day_of_number(facts.last_seen);
    const bool one_dated_run = facts.runs < 2 && first && last;
    const query::DayRange& days = condition.value.days;
    switch (condition.field) {
    case Field::date:
        if (condition.value.unknown) {
            return one_dated_run ? std::optional(false) : std::nullopt;
        }
        if (one_dated_run) {
            return overlaps(days, first, last);
        }
        // Without a date at its end no run has any. There may be gaps between runs, and days before
        // `first` where an earlier run began without a date.
        return !last || (days.from && *last < *days.from) ? std::optional(false) : std::nullopt;
    case Field::first_seen:
        return condition.value.unknown ? !first : has(days, first);
    case Field::last_seen:
        return condition.value.unknown ? !last : has(days, last);
    case Field::as_of:
        // The snapshot in force is in the run where others on its edges cannot be.
        if (one_dated_run && days.to && *first <= *days.to && *days.to < *last) {
            return true;
        }
        return one_dated_run && days.to && *first > *days.to ? std::optional(false) : std::nullopt;
    case Field::change:
        // Only the policy knows if another snapshot came before or after.
        if (one_dated_run && condition.value.change == query::Change::added && !is_open(days) &&
            !has(days, first)) {
            return false;
        }
        return one_dated_run && condition.value.change == query::Change::removed && days.to &&
                       *last > *days.to
                   ? std::optional(false)
                   : std::nullopt;
    case Field::text:
    case Field::heading:
    case Field::vendor:
    case Field::type:
    case Field::host:
    case Field::language:
    case Field::id:
    case Field::length:
    case Field::scope:
        break;
    }
    return std::nullopt;
}

// The runs of a clause with the days that decide conditions on them.
class Runs {
public:
    Runs(const Policy& policy, const std::vector<Run>& runs) : m_policy(policy), m_runs(runs) {}

    bool match(const HasFact& condition) const {
        switch (condition.field) {
        case Field::date:
            return std::ranges::any_of(m_runs, [&](const Run& run) {
                return condition.value.unknown
                           ? !day_of(run.first)
                           : overlaps(condition.value.days, first_day(run), day_of(run.last));
            });
        case Field::as_of:
            return in_force(condition);
        case Field::change:
            return condition.value.change == query::Change::added ? added(condition.value.days)
                                                                  : removed(condition.value.days);
        case Field::text:
        case Field::heading:
        case Field::vendor:
        case Field::type:
        case Field::host:
        case Field::language:
        case Field::id:
        case Field::first_seen:
        case Field::last_seen:
        case Field::length:
        case Field::scope:
            break;
        }
        return false;
    }

private:
    std::optional<Day> day_of(std::size_t snapshot) const {
        const auto& captured = m_policy.snapshots[snapshot].captured;
        return captured ? std::optional(smallprint::day_of(*captured)) : std::nullopt;
    }

    std::optional<Day> first_day(const Run& run) const {
        std::optional<Day> first;
        for (std::size_t i = run.first; i <= run.last && !first; ++i) {
            first = day_of(i);
        }
        return first;
    }

    bool in_force(const HasFact& condition) const {
        const auto snapshot = condition.value.days.to
                                  ? index::snapshot_at(m_policy, *condition.value.days.to)
                                  : std::nullopt;
        return snapshot && std::ranges::any_of(m_runs, [&](const Run& run) {
                   return run.first <= *snapshot && *snapshot <= run.last;
               });
    }

    // Snapshots without a date stand before the others and have no place in time: whether they came
    // before the first that has one, nobody knows.
    bool added(const query::DayRange& days) const {
        return std::ranges::any_of(m_runs, [&](const Run& run) {
            return run.first > 0 && day_of(run.first - 1) &&
                   (is_open(days) || has(days, day_of(run.first)));
        });
    }

    bool removed(const query::DayRange& days) const {
        return std::ranges::any_of(m_runs, [&](const Run& run) {
            const std::size_t without = std::size_t{run.last} + 1;
            return day_of(run.last) && without < m_policy.snapshots.size() &&
                   (is_open(days) || has(days, day_of(without)));
        });
    }

    const Policy& m_policy;
    const std::vector<Run>& m_runs;
};

}  // namespace

Result<bool> matches_in_time(const HasFact& condition, index_format::DocumentId document,
                             index::Index& index) {
    if (const auto decided = decide_from_directory(index.directory().facts(document), condition)) {
        return *decided;
    }
    TRY_ASSIGN(const Passage passage, index.passage(document));
    TRY_ASSIGN(const index::PolicyPointer policy,
               index.policy(index.directory().policy_of(document)));
    const bool fit = std::ranges::all_of(passage.runs, [&](const Run& run) {
        return run.first <= run.last && run.last < policy->snapshots.size();
    });
    if (!fit) {
        return index_format::damaged_index("a clause of the index does not fit its policy");
    }
    return Runs(*policy, passage.runs).match(condition);
}

}  // namespace smallprint::match

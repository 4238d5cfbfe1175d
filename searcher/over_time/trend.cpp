// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/over_time/trend.h"

#include "common/base/error.h"
#include "common/base/result.h"
#include "common/fields/field_table.h"
#include "common/index_format/directory.h"
#include "common/model/date.h"
#include "common/model/policy.h"
#include "searcher/index/index.h"
#include "searcher/index/lookup.h"
#include "searcher/over_time/snapshot_days.h"
#include "searcher/query/ast.h"
#include "searcher/request/deadline.h"
#include "searcher/request/filters.h"
#include "searcher/request/period.h"
#include "searcher/request/requests.h"
#include "searcher/search/all_matches.h"
#include "searcher/search/compile.h"
#include "searcher/search/plan.h"
#include "searcher/search/synonyms.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace smallprint::over_time {
namespace {

// Those that have none of the values do not pass.
Result<void> drop_policies_without(Field field, const std::vector<std::string>& values,
                                   index::Index& index, std::vector<bool>& passing) {
    if (values.empty()) {
        return {};
    }
    const std::vector<index_format::DocumentId>& policies = index.directory().policies();
    std::vector<bool> having(policies.size(), false);
    for (const std::string& value : values) {
        TRY_ASSIGN(const std::vector<index_format::DocumentId> found,
                   index::policies_with(field, value, index));
        for (const index_format::DocumentId document : found) {
            const auto at = std::ranges::lower_bound(policies, document);
            having[static_cast<std::size_t>(at - policies.begin())] = true;
        }
    }
    for (std::size_t i = 0; i < passing.size(); ++i) {
        passing[i] = passing[i] && having[i];
    }
    return {};
}

// The policies that the filters pass, in the order of Directory::policies(): by facts of a policy
// (its vendor), not by what its clauses say or when. ErrorCode::not_found for a vendor that the
// index does not have.
Result<std::vector<bool>> policies_passing(const request::Filters& filters, index::Index& index) {
    std::vector<bool> passing(index.directory().policies().size(), true);
    for (const request::FilterRow& row : request::k_filters) {
        if (row_of(row.field).type == FieldType::exact) {
            TRY(drop_policies_without(row.field, request::values_of(row, filters), index, passing));
        }
    }
    return passing;
}

// The periods that are looked at, and which of their days.
class PeriodAxis {
public:
    explicit PeriodAxis(const request::TrendRequest& request)
        : m_by(request.by), m_begin(request::Period::of(Day{}, m_by)), m_end(m_begin) {
        using namespace std::chrono;
        const Day earliest = year(request::k_first_trend_year) / January / 1;
        const Day latest = year(request::k_last_trend_year) / December / 31;
        m_first = std::max(earliest, request.filters.from.value_or(earliest));
        m_last = std::min(latest, request.filters.to.value_or(latest));
    }

    // The days of a span that are looked at.
    std::optional<DaySpan> clipped(DaySpan span) const {
        span = {std::max(span.first, m_first), std::min(span.last, m_last)};
        return span.first <= span.last ? std::optional(span) : std::nullopt;
    }

    // When a snapshot is in force, though it be the last.
    Day end_of_period(Day day) const { return request::Period::of(day, m_by).last_day(); }

    void make_room_for(DaySpan span) {
        const request::Period first = request::Period::of(span.first, m_by);
        const request::Period last = request::Period::of(span.last, m_by);
        m_begin = m_periods == 0 ? first : std::min(m_begin, first);
        m_end = m_periods == 0 ? last : std::max(m_end, last);
        m_periods = static_cast<std::size_t>(m_end.since(m_begin)) + 1;
    }

    std::size_t periods() const { return m_periods; }

    request::Period period(std::size_t number) const {
        return m_begin.plus(static_cast<int>(number));
    }

    std::size_t number_of(Day day) const {
        return static_cast<std::size_t>(request::Period::of(day, m_by).since(m_begin));
    }

private:
    request::PeriodLength m_by;
    Day m_first;
    Day m_last;
    request::Period m_begin;  // meaningless while m_periods is 0
    request::Period m_end;
    std::size_t m_periods = 0;
};

// Knows which vendors are there in which periods.
class VendorPeriods {
public:
    VendorPeriods(const PeriodAxis& axis, std::size_t vendors)
        : m_axis(axis), m_vendors(vendors), m_there(vendors * axis.periods(), false) {}

    void add(std::uint32_t vendor, DaySpan span) {
        const auto [begin, end] = cells(vendor, span);
        std::fill(begin, end, true);
    }

    bool has(std::uint32_t vendor, DaySpan span) {
        const auto [begin, end] = cells(vendor, span);
        return std::find(begin, end, false) == end;
    }

    std::uint64_t vendors_in(std::size_t period) const {
        std::uint64_t count = 0;
        for (std::size_t vendor = 0; vendor < m_vendors; ++vendor) {
            count += m_there[vendor * m_axis.periods() + period] ? 1U : 0U;
        }
        return count;
    }

    std::uint64_t vendors_ever() const {
        std::uint64_t count = 0;
        for (std::size_t vendor = 0; vendor < m_vendors; ++vendor) {
            const auto begin = m_there.begin() + offset(vendor);
            const auto end = begin + static_cast<std::ptrdiff_t>(m_axis.periods());
            count += std::find(begin, end, true) != end ? 1U : 0U;
        }
        return count;
    }

private:
    std::ptrdiff_t offset(std::size_t vendor) const {
        return static_cast<std::ptrdiff_t>(vendor * m_axis.periods());
    }

    using Cell = std::vector<bool>::iterator;

    std::pair<Cell, Cell> cells(std::uint32_t vendor, DaySpan span) {
        const Cell begin = m_there.begin() + offset(vendor);
        return {begin + static_cast<std::ptrdiff_t>(m_axis.number_of(span.first)),
                begin + static_cast<std::ptrdiff_t>(m_axis.number_of(span.last)) + 1};
    }

    const PeriodAxis& m_axis;
    std::size_t m_vendors;
    std::vector<bool> m_there;  // a row a vendor
};

// When a policy's snapshots are in force. Numbers count its dated snapshots only.
class InForce {
public:
    InForce(const PeriodAxis& axis, std::span<const Day> days) : m_axis(axis), m_days(days) {}

    Day end_of(std::size_t snapshot) const {
        if (snapshot + 1 == m_days.size()) {
            return m_axis.end_of_period(m_days[snapshot]);
        }
        return std::max(m_days[snapshot], m_days[snapshot + 1] - std::chrono::days(1));
    }

    // Calls `use` with the days that the snapshots are in force and that are looked at.
    template <typename Use>
    void for_spans(std::size_t first, std::size_t last, request::Observation observation,
                   Use use) const {
        if (observation == request::Observation::in_force) {
            if (const auto span = m_axis.clipped({m_days[first], end_of(last)})) {
                use(*span);
            }
            return;
        }
        for (std::size_t i = first; i <= last; ++i) {
            if (const auto span = m_axis.clipped({m_days[i], m_days[i]})) {
                use(*span);
            }
        }
    }

private:
    const PeriodAxis& m_axis;
    std::span<const Day> m_days;
};

class TrendCounter {
public:
    TrendCounter(const request::TrendRequest& request, const search::SynonymIndex& synonyms,
                 const SnapshotDays& days, index::Index& index)
        : m_request(request), m_synonyms(synonyms), m_days(days), m_index(index), m_axis(request) {}

    Result<Trend> measure() {
        TRY_ASSIGN(m_wanted, policies_passing(m_request.filters, m_index));
        for (const std::string& language : m_days.languages()) {
            const auto& wanted = m_request.filters.languages;
            const auto is_same = [&](const std::string& value) {
                return folded_value(value) == language;
            };
            m_wanted_languages.push_back(wanted.empty() || std::ranges::any_of(wanted, is_same));
        }
        Trend trend;
        const VendorPeriods observed = observe(trend);
        for (std::size_t i = 0; i < m_axis.periods(); ++i) {
            trend.periods.push_back({m_axis.period(i), observed.vendors_in(i)});
        }
        trend.vendors = observed.vendors_ever();
        for (const query::Query& query : m_request.queries) {
            TRY_ASSIGN(TrendSeries series, measure_series(query));
            trend.series.push_back(std::move(series));
        }
        return trend;
    }

private:
    // Calls `use` with the days that those of a policy's snapshots are in force that are in a
    // language asked for. Numbers count its dated snapshots only.
    template <typename Use>
    void for_spans(const SnapshotDays::OfPolicy& policy, std::size_t first, std::size_t last,
                   Use use) const {
        for (std::size_t begin = first, end = first; begin <= last; begin = end) {
            const bool is_wanted = m_wanted_languages[policy.languages[begin]];
            while (end <= last && m_wanted_languages[policy.languages[end]] == is_wanted) {
                ++end;
            }
            if (is_wanted) {
                InForce(m_axis, policy.days).for_spans(begin, end - 1, m_request.observation, use);
            }
        }
    }

    template <typename Use> void for_observed(Use use) const {
        for (std::size_t policy = 0; policy < m_days.policies(); ++policy) {
            const SnapshotDays::OfPolicy of_it = m_days.of_policy(policy);
            if (m_wanted[policy] && of_it.vendor != SnapshotDays::k_no_vendor &&
                !of_it.days.empty()) {
                use(of_it);
            }
        }
    }

    VendorPeriods observe(Trend& trend) {
        const auto spans = [this](const SnapshotDays::OfPolicy& policy, auto use) {
            for_spans(policy, 0, policy.days.size() - 1, use);
        };
        for_observed([&](const SnapshotDays::OfPolicy& policy) {
            std::size_t seen = 0;
            spans(policy, [&](DaySpan span) {
                m_axis.make_room_for(span);
                ++seen;
            });
            trend.policies += seen > 0 ? 1U : 0U;
        });
        VendorPeriods observed(m_axis, m_days.vendors());
        for_observed([&](const SnapshotDays::OfPolicy& policy) {
            spans(policy, [&](DaySpan span) { observed.add(policy.vendor, span); });
        });
        for (std::size_t policy = 0; policy < m_days.policies(); ++policy) {
            const SnapshotDays::OfPolicy of_it = m_days.of_policy(policy);
            trend.left_out += m_wanted[policy] && (of_it.vendor == SnapshotDays::k_no_vendor ||
                                                   of_it.days.empty())
                                  ? 1U
                                  : 0U;
        }
        return observed;
    }

    Result<TrendSeries> measure_series(const query::Query& query) {
        TRY(m_deadline.check());
        TrendSeries series;
        series.query = query.text;
        VendorPeriods matching(m_axis, m_days.vendors());
        request::SearchRequest request;
        request.query = query;
        request.filters = m_request.filters;
        // A clause stands in its last snapshot, but that is in force for longer.
        request.filters.from.reset();
        request.filters.to.reset();
        request.synonyms = m_request.synonyms;
        m_policy = 0;
        auto compiled = search::compile(request, m_synonyms, m_index);
        if (!compiled) {
            return fail(name_query(compiled.error(), query));
        }
        series.synonyms = compiled->synonyms;
        series.notes = compiled->notes;
        auto plan = search::make_plan(*compiled, m_index);
        if (!plan) {
            return fail(name_query(plan.error(), query));
        }
        const auto visited = search::for_each_match(
            request, *plan, m_index, [&](index_format::DocumentId document) -> Result<void> {
                ++series.clauses;
                return add_clause(document, matching);
            });
        if (!visited) {
            return fail(name_query(visited.error(), query));
        }
        for (std::size_t i = 0; i < m_axis.periods(); ++i) {
            series.matching.push_back(matching.vendors_in(i));
        }
        series.vendors = matching.vendors_ever();
        return series;
    }

    // A position means something to whoever knows the query.
    Error name_query(Error error, const query::Query& query) const {
        if (m_request.queries.size() > 1 && error.position) {
            error.message = fmt::format("in '{}': {}", query.text, error.message);
            error.position.reset();
        }
        return error;
    }

    // Matches come in the order of the index, so their policies do.
    void advance_to(index_format::DocumentId document) {
        const std::vector<index_format::DocumentId>& policies = m_index.directory().policies();
        while (m_policy + 1 < policies.size() && policies[m_policy + 1] <= document) {
            ++m_policy;
        }
    }

    Result<void> add_clause(index_format::DocumentId document, VendorPeriods& matching) {
        advance_to(document);
        const SnapshotDays::OfPolicy policy = m_days.of_policy(m_policy);
        if (!m_wanted[m_policy] || policy.vendor == SnapshotDays::k_no_vendor ||
            policy.days.empty()) {
            return {};
        }
        if (adds_nothing(document, policy, matching)) {
            return {};
        }
        TRY_ASSIGN(const std::vector<Run> runs, m_index.runs(document));
        for (const Run& run : runs) {
            const std::uint32_t first = std::max(run.first, policy.undated);
            const auto end = static_cast<std::uint32_t>(policy.undated + policy.days.size());
            if (run.last >= first && run.last < end) {
                for_spans(policy, first - policy.undated, run.last - policy.undated,
                          [&](DaySpan span) { matching.add(policy.vendor, span); });
            }
        }
        return {};
    }

    // Told from the directory, which knows the clause's first and last day but no gaps between.
    bool adds_nothing(index_format::DocumentId document, const SnapshotDays::OfPolicy& policy,
                      VendorPeriods& matching) const {
        const index_format::DocumentFacts& facts = m_index.directory().facts(document);
        const auto last = index_format::day_of_number(facts.last_seen);
        if (!last) {
            return true;  // no dated snapshot has it
        }
        const Day first =
            index_format::day_of_number(facts.first_seen).value_or(policy.days.front());
        const auto begin = std::ranges::lower_bound(policy.days, first);
        const auto end = std::ranges::upper_bound(policy.days, *last);
        if (begin >= end) {
            return false;  // years that the directory does not hold
        }
        bool nothing = true;
        for_spans(policy, static_cast<std::size_t>(begin - policy.days.begin()),
                  static_cast<std::size_t>(end - policy.days.begin()) - 1,
                  [&](DaySpan span) { nothing = nothing && matching.has(policy.vendor, span); });
        return nothing;
    }

    const request::TrendRequest& m_request;
    const search::SynonymIndex& m_synonyms;
    const SnapshotDays& m_days;
    index::Index& m_index;
    PeriodAxis m_axis;
    std::vector<bool> m_wanted;            // by policy
    std::vector<bool> m_wanted_languages;  // by number in m_days
    std::size_t m_policy = 0;
    request::Deadline m_deadline{m_request.time_limit};
};

}  // namespace

Result<Trend> measure_trend(const request::TrendRequest& request,
                            const search::SynonymIndex& synonyms, const SnapshotDays& days,
                            index::Index& index) {
    return TrendCounter(request, synonyms, days, index).measure();
}

}  // namespace smallprint::over_time

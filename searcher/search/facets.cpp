// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/search/facets.h"

#include "common/base/error.h"
#include "common/base/result.h"
#include "common/fields/field_table.h"
#include "common/index_format/directory.h"
#include "common/model/date.h"
#include "common/model/policy.h"
#include "searcher/index/index.h"
#include "searcher/index/policy_values.h"
#include "searcher/request/requests.h"
#include "searcher/search/all_matches.h"
#include "searcher/search/plan.h"
#include "searcher/search/results.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace smallprint::search {
namespace {

constexpr std::size_t k_most_kept_years = 100'000;  // clauses whose years are kept

std::uint16_t year_of(Day day) {
    return static_cast<std::uint16_t>(int{std::chrono::year_month_day(day).year()});
}

using Years = std::vector<std::uint16_t>;  // in order

void add_years(Day first, Day last, Years& years) {
    for (std::uint16_t year = year_of(first); year <= year_of(last); ++year) {
        if (years.empty() || years.back() < year) {
            years.push_back(year);
        }
    }
}

struct PlacedClause {
    index_format::DocumentId document = 0;
    std::size_t policy = 0;  // its place in Directory::policies()
};

// How many clauses have each value of a field, and how many none.
class Tally {
public:
    explicit Tally(index::PolicyValues& values)
        : m_values(values), m_counts(values.count() + 1, 0) {}

    // Counts a clause by itself.
    void count(const PlacedClause& clause) {
        const auto values = m_values.of_clause(clause.document, clause.policy);
        for (const std::uint32_t value : values) {
            ++m_counts[value];
        }
        m_counts.back() += values.empty() ? 1U : 0U;
    }

    // Counts copies of one text: each value once.
    void count(std::span<const PlacedClause> copies) {
        m_scratch.clear();
        for (const PlacedClause& copy : copies) {
            const auto values = m_values.of_clause(copy.document, copy.policy);
            m_scratch.insert(m_scratch.end(), values.begin(), values.end());
            if (values.empty()) {
                m_scratch.push_back(static_cast<std::uint32_t>(m_counts.size() - 1));
            }
        }
        std::ranges::sort(m_scratch);
        const auto end = std::ranges::unique(m_scratch).begin();
        for (auto at = m_scratch.begin(); at != end; ++at) {
            ++m_counts[*at];
        }
    }

    Result<Facet> facet(index::Index& index) const {
        std::vector<std::pair<std::uint64_t, std::uint32_t>> found;
        for (std::uint32_t value = 0; value < m_counts.size(); ++value) {
            if (m_counts[value] > 0) {
                found.emplace_back(m_counts[value], value);
            }
        }
        // Values are numbered by their names, so equal counts are in the order of these.
        std::ranges::sort(found, [](const auto& one, const auto& other) {
            return one.first != other.first ? one.first > other.first : one.second < other.second;
        });
        Facet facet;
        facet.others = found.size() - std::min(found.size(), k_facet_values);
        found.resize(std::min(found.size(), k_facet_values));
        for (const auto& [clauses, value] : found) {
            std::string name;
            if (value < m_values.count()) {
                TRY_ASSIGN(name, m_values.name(value, index));
            }
            facet.values.push_back({std::move(name), clauses});
        }
        return facet;
    }

private:
    index::PolicyValues& m_values;
    std::vector<std::uint64_t> m_counts;  // by value; of those without one at the end
    std::vector<std::uint32_t> m_scratch;
};

class YearTally {
public:
    void count(const Years& years) {
        for (const std::uint16_t year : years) {
            if (m_counts.size() <= year) {
                m_counts.resize(year + std::size_t{1}, 0);
            }
            ++m_counts[year];
        }
        m_undated += years.empty() ? 1U : 0U;
    }

    // Every year from the first to the last, then those without any date.
    Facet facet() const {
        Facet facet;
        for (std::size_t year = 0; year < m_counts.size(); ++year) {
            if (m_counts[year] > 0 || !facet.values.empty()) {
                facet.values.push_back({fmt::format("{:04}", year), m_counts[year]});
            }
        }
        if (m_undated > 0) {
            facet.values.push_back({"", m_undated});
        }
        return facet;
    }

private:
    std::vector<std::uint64_t> m_counts;  // by year
    std::uint64_t m_undated = 0;
};

class Counting {
public:
    Counting(const request::SearchRequest& request, FacetTables& tables, index::Index& index)
        : m_request(request), m_tables(tables), m_index(index),
          m_tallies{Tally(tables.vendors), Tally(tables.types), Tally(tables.hosts),
                    Tally(tables.languages)} {}

    // Matches come in the order of the index, so their policies do.
    Result<void> add(index_format::DocumentId document) {
        const std::vector<index_format::DocumentId>& policies = m_index.directory().policies();
        while (m_policy + 1 < policies.size() && policies[m_policy + 1] <= document) {
            ++m_policy;
        }
        const std::uint32_t copies = m_index.directory().facts(document).copies;
        if (m_request.copies == request::Copies::collapse && copies != 0) {
            m_copies.push_back({copies, {document, m_policy}});
            return {};
        }
        ++m_clauses;
        for (Tally& tally : m_tallies) {
            tally.count(PlacedClause{document, m_policy});
        }
        m_scratch.clear();
        TRY(find_years(document, m_scratch));
        m_years.count(m_scratch);
        return {};
    }

    Result<Facets> facets() {
        TRY(add_copies());
        Facets facets;
        TRY_ASSIGN(facets.vendor, m_tallies[0].facet(m_index));
        TRY_ASSIGN(facets.type, m_tallies[1].facet(m_index));
        TRY_ASSIGN(facets.host, m_tallies[2].facet(m_index));
        TRY_ASSIGN(facets.language, m_tallies[3].facet(m_index));
        facets.year = m_years.facet();
        facets.clauses = m_clauses;
        facets.exact = m_exact;
        return facets;
    }

private:
    struct Copy {
        std::uint32_t group;
        PlacedClause clause;
    };

    Result<void> add_copies() {
        std::ranges::sort(m_copies, {}, &Copy::group);
        std::vector<PlacedClause> copies;
        for (std::size_t begin = 0, end = 0; begin < m_copies.size(); begin = end) {
            copies.clear();
            m_scratch.clear();
            for (; end < m_copies.size() && m_copies[end].group == m_copies[begin].group; ++end) {
                copies.push_back(m_copies[end].clause);
                TRY(find_years(m_copies[end].clause.document, m_scratch));
            }
            ++m_clauses;
            for (Tally& tally : m_tallies) {
                tally.count(copies);
            }
            std::ranges::sort(m_scratch);
            m_scratch.erase(std::ranges::unique(m_scratch).begin(), m_scratch.end());
            m_years.count(m_scratch);
        }
        return {};
    }

    // Appends the years in which the clause stood. The directory knows the first day and the last;
    // where more than one year lies between them and there are gaps, the record is read.
    Result<void> find_years(index_format::DocumentId document, Years& years) {
        const index_format::DocumentFacts& facts = m_index.directory().facts(document);
        const std::optional<Day> last = index_format::day_of_number(facts.last_seen);
        if (!last) {
            return {};
        }
        const std::optional<Day> first = index_format::day_of_number(facts.first_seen);
        Years found;
        if (first && (facts.runs < 2 || year_of(*last) - year_of(*first) < 2)) {
            add_years(*first, *last, found);
        } else if (const auto known = m_tables.years.find(document);
                   known != m_tables.years.end()) {
            found = known->second;
        } else if (m_read == k_most_runs_read) {
            m_exact = false;
            add_years(first.value_or(*last), *last, found);
        } else {
            ++m_read;
            TRY_ASSIGN(found, read_years(document));
        }
        years.insert(years.end(), found.begin(), found.end());
        return {};
    }

    Result<Years> read_years(index_format::DocumentId document) {
        TRY_ASSIGN(const std::vector<Run> runs, m_index.runs(document));
        TRY_ASSIGN(const index::PolicyPointer policy,
                   m_index.policy(m_index.directory().policy_of(document)));
        const std::vector<Snapshot>& snapshots = policy->snapshots;
        Years years;
        for (const Run& run : runs) {
            std::optional<Day> first;
            std::optional<Day> last;
            for (std::size_t i = run.first; i <= run.last && i < snapshots.size(); ++i) {
                if (const auto captured = snapshots[i].captured) {
                    last = day_of(*captured);
                    first = first ? first : last;
                }
            }
            if (first && last) {
                add_years(*first, *last, years);
            }
        }
        if (m_tables.years.size() == k_most_kept_years) {
            m_tables.years.clear();
        }
        m_tables.years[document] = years;
        return years;
    }

    const request::SearchRequest& m_request;
    FacetTables& m_tables;
    index::Index& m_index;
    std::array<Tally, 4> m_tallies;
    YearTally m_years;
    std::vector<Copy> m_copies;
    Years m_scratch;
    std::size_t m_policy = 0;
    std::size_t m_read = 0;
    std::uint64_t m_clauses = 0;
    bool m_exact = true;
};

}  // namespace

Result<FacetTables> FacetTables::build(const index::Index& index) {
    FacetTables tables;
    TRY_ASSIGN(tables.vendors, index::PolicyValues::build(Field::vendor, index));
    TRY_ASSIGN(tables.types, index::PolicyValues::build(Field::type, index));
    TRY_ASSIGN(tables.hosts, index::PolicyValues::build(Field::host, index));
    TRY_ASSIGN(tables.languages, index::PolicyValues::build(Field::language, index));
    return tables;
}

Result<Facets> count_facets(const request::SearchRequest& request, Plan& plan, FacetTables& tables,
                            index::Index& index) {
    Counting counting(request, tables, index);
    const auto visited =
        for_each_match(request, plan, index,
                       [&](index_format::DocumentId document) { return counting.add(document); });
    const bool in_time = visited || visited.error().code != ErrorCode::limit;
    if (!visited && in_time) {
        return fail(visited.error());
    }
    TRY_ASSIGN(Facets facets, counting.facets());
    facets.exact = facets.exact && in_time;
    return facets;
}

}  // namespace smallprint::search

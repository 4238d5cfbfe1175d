// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/result.h"
#include "common/model/date.h"
#include "common/text/thesaurus.h"
#include "searcher/engine/coverage.h"
#include "searcher/engine/diff.h"
#include "searcher/engine/history.h"
#include "searcher/engine/results.h"
#include "searcher/query/ast.h"

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace smallprint {

inline constexpr std::size_t k_most_results = 1000;  // of one page
inline constexpr std::size_t k_most_context = 20;    // clauses to each side
inline constexpr std::chrono::seconds k_longest_query_time{5};

struct Filters {
    std::vector<std::string> vendors;    // any of them; case does not matter
    std::vector<std::string> types;      // the same, of a policy's type,
    std::vector<std::string> hosts;      // of a host it was read from
    std::vector<std::string> languages;  // and of its language
    std::string heading;                 // words that must stand in a heading above the clause
    std::optional<Day> from;             // the clause stood at some day of this span,
    std::optional<Day> to;               // open where absent
    std::optional<Day> as_of;            // the clause was in force on this day
    std::optional<Change> changed;       // in the span, instead of having stood in it
};

// Whether they narrow nothing.
inline bool is_empty(const Filters& filters) {
    return filters.vendors.empty() && filters.types.empty() && filters.hosts.empty() &&
           filters.languages.empty() && filters.heading.empty() && !filters.from && !filters.to &&
           !filters.as_of && !filters.changed;
}

enum class Copies {
    collapse,  // the best ranked of equal texts stands for all
    show_all,
};

enum class Sort {
    relevance,
    newest,  // seen last comes first; among equals, what was seen first comes last
    oldest,  // seen first comes first
};

enum class Explain {
    no,
    yes,
};

enum class Synonyms {
    used,
    off,
};

enum class FacetCounts {
    none,
    counted,
};

struct SearchRequest {
    Query query;
    Filters filters;
    std::size_t count = 10;
    std::size_t offset = 0;
    std::string cursor;  // of the page before, instead of an offset; else empty
    Sort sort = Sort::relevance;
    std::size_t per_vendor = 0;  // at most so many results of a vendor; 0: as many as there are
    std::size_t context = 1;     // neighbouring clauses to each side
    Copies copies = Copies::collapse;
    Synonyms synonyms = Synonyms::used;
    FacetCounts facets = FacetCounts::none;
    Explain explain = Explain::no;
    // None: as long as it takes.
    std::optional<std::chrono::milliseconds> time_limit = k_longest_query_time;
};

struct Suggestion;
struct SuggestRequest;
struct Trend;
struct TrendRequest;

using HitVisitor = std::function<Result<void>(const Hit&)>;

// One published generation, opened for asking. One Engine a thread.
class Engine {
public:
    static Result<Engine> open(const std::filesystem::path& index);

    // The name of the generation that open() would open now. Cheap: for watching it change.
    static Result<std::string> published_generation(const std::filesystem::path& index);

    Engine(Engine&&) noexcept;
    Engine& operator=(Engine&&) noexcept;
    Engine(const Engine&) = delete;
    Engine& operator=(const Engine&) = delete;
    ~Engine();

    // Takes the place of the thesaurus that is compiled in. ErrorCode::input, with its line, for a
    // mistake.
    Result<void> use(const Thesaurus& thesaurus);

    // "gen-000001".
    std::string generation() const;

    // Makes now what the first search would make, so that it need not wait.
    Result<void> warm_up();

    Result<SearchResults> search(const SearchRequest& request);

    // Every clause that matches, in the order of the index, without ranking or limit; each copy of
    // a text by itself. The first error of `visit` ends it and is returned.
    Result<void> for_each_hit(const SearchRequest& request, const HitVisitor& visit);

    // One clause by its id. ErrorCode::not_found if there is none.
    Result<ClauseView> clause(std::string_view id, std::size_t context);

    // A policy as it stood in a snapshot. `vendor_or_id` names a vendor, a policy or a clause,
    // which then is marked. Without a day it is the newest snapshot (for a clause, the newest that
    // has it); else the newest at or before the day.
    Result<PolicyView> policy(std::string_view vendor_or_id, std::optional<Day> at);

    // Two snapshots of a policy, or of each policy of a vendor. ErrorCode::not_found if there is
    // none as early as the older one is to be.
    Result<DiffResults> diff(const DiffRequest& request);

    Result<IndexOverview> overview();

    // ErrorCode::not_found if there is no such policy or clause.
    Result<History> history(const HistoryRequest& request);

    Result<Coverage> coverage(const CoverageRequest& request);

    // ErrorCode::query or not_found as in a search.
    Result<Trend> trend(const TrendRequest& request);

    Result<std::vector<Suggestion>> suggest(const SuggestRequest& request);

private:
    struct Parts;
    explicit Engine(std::unique_ptr<Parts> parts);

    std::unique_ptr<Parts> m_parts;
};

}  // namespace smallprint

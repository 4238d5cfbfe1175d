// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/result.h"
#include "common/model/date.h"
#include "common/text/thesaurus.h"
#include "searcher/diff/diff.h"
#include "searcher/index/clause_view.h"
#include "searcher/over_time/coverage.h"
#include "searcher/over_time/history.h"
#include "searcher/query/ast.h"
#include "searcher/request/requests.h"
#include "searcher/search/results.h"

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace smallprint::over_time {
struct Trend;
}  // namespace smallprint::over_time

namespace smallprint::request {
struct SuggestRequest;
struct TrendRequest;
}  // namespace smallprint::request

namespace smallprint::search {
struct Suggestion;
}  // namespace smallprint::search

namespace smallprint::engine {

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
    Result<void> use(const text::Thesaurus& thesaurus);

    // "gen-000001".
    std::string generation() const;

    // Makes now what the first search would make, so that it need not wait.
    Result<void> warm_up();

    Result<search::SearchResults> search(const request::SearchRequest& request);

    // Every clause that matches, in the order of the index, without ranking or limit; each copy of
    // a text by itself. The first error of `visit` ends it and is returned.
    Result<void> for_each_hit(const request::SearchRequest& request,
                              const search::HitVisitor& visit);

    // One clause by its id. ErrorCode::not_found if there is none.
    Result<index::ClauseView> clause(std::string_view id, std::size_t context);

    // A policy as it stood in a snapshot. `vendor_or_id` names a vendor, a policy or a clause,
    // which then is marked. Without a day it is the newest snapshot (for a clause, the newest that
    // has it); else the newest at or before the day.
    Result<index::PolicyView> policy(std::string_view vendor_or_id, std::optional<Day> at);

    // Two snapshots of a policy, or of each policy of a vendor. ErrorCode::not_found if there is
    // none as early as the older one is to be.
    Result<diff::DiffResults> diff(const request::DiffRequest& request);

    Result<index::IndexOverview> overview();

    // ErrorCode::not_found if there is no such policy or clause.
    Result<over_time::History> history(const request::HistoryRequest& request);

    Result<over_time::Coverage> coverage(const request::CoverageRequest& request);

    // ErrorCode::query or not_found as in a search.
    Result<over_time::Trend> trend(const request::TrendRequest& request);

    Result<std::vector<search::Suggestion>> suggest(const request::SuggestRequest& request);

private:
    struct Parts;
    explicit Engine(std::unique_ptr<Parts> parts);

    std::unique_ptr<Parts> m_parts;
};

}  // namespace smallprint::engine

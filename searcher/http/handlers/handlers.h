// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/result.h"
#include "searcher/engine/engine.h"
#include "searcher/http/request.h"
#include "searcher/http/response.h"
#include "searcher/http/router.h"
#include "searcher/http/settings.h"

namespace smallprint {

// What the routes of routes.cpp answer with, one file an area. All are pure; the parts of the path
// are named as in the pattern.

// search_handlers.cpp
Result<Response> answer_search(const Request& request, Engine& engine,
                               const ServeSettings& settings);
Result<Response> answer_facets(const Request& request, Engine& engine,
                               const ServeSettings& settings);
Result<Response> answer_trend(const Request& request, Engine& engine,
                              const ServeSettings& settings);
Result<Response> answer_export(const Request& request, Engine& engine,
                               const ServeSettings& settings);
Result<Response> answer_suggest(const Request& request, Engine& engine,
                                const ServeSettings& settings);

// policy_handlers.cpp
Result<Response> answer_clause(const Request& request, Engine& engine,
                               const ServeSettings& settings);
Result<Response> answer_clause_history(const Request& request, Engine& engine,
                                       const ServeSettings& settings);
Result<Response> answer_history(const Request& request, Engine& engine,
                                const ServeSettings& settings);
Result<Response> answer_snapshot(const Request& request, Engine& engine,
                                 const ServeSettings& settings);
Result<Response> answer_diff(const Request& request, Engine& engine, const ServeSettings& settings);

// archive_handlers.cpp
Result<Response> answer_vendors(const Request& request, Engine& engine,
                                const ServeSettings& settings);
Result<Response> answer_info(const Request& request, Engine& engine, const ServeSettings& settings);
Result<Response> answer_schema(const Request& request, const ServerFacts& facts,
                               const ServeSettings& settings);

// service_handlers.cpp
Result<Response> answer_health(const Request& request, const ServerFacts& facts,
                               const ServeSettings& settings);
Result<Response> answer_readiness(const Request& request, const ServerFacts& facts,
                                  const ServeSettings& settings);
Result<Response> answer_metrics(const Request& request, const ServerFacts& facts,
                                const ServeSettings& settings);
Result<Response> answer_robots(const Request& request, const ServerFacts& facts,
                               const ServeSettings& settings);

}  // namespace smallprint

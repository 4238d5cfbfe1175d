// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "searcher/http/router.h"

namespace smallprint::http {

// The handlers of the routes in routes.cpp, one file an area. All are pure.

// search_handlers.cpp
HandlerFunction answer_search;
HandlerFunction answer_facets;
HandlerFunction answer_trend;
HandlerFunction answer_export;
HandlerFunction answer_suggest;

// policy_handlers.cpp
HandlerFunction answer_clause;
HandlerFunction answer_clause_history;
HandlerFunction answer_history;
HandlerFunction answer_snapshot;
HandlerFunction answer_diff;

// archive_handlers.cpp
HandlerFunction answer_vendors;
HandlerFunction answer_info;
PlainHandlerFunction answer_schema;

// service_handlers.cpp
PlainHandlerFunction answer_health;
PlainHandlerFunction answer_readiness;
PlainHandlerFunction answer_metrics;
PlainHandlerFunction answer_robots;

}  // namespace smallprint::http

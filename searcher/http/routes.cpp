// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/http/routes.h"

#include "common/base/enum_names.h"
#include "common/fields/field_table.h"
#include "searcher/http/handlers/handlers.h"
#include "searcher/http/parameters.h"
#include "searcher/http/response.h"
#include "searcher/http/router.h"
#include "searcher/http/search_parameters.h"
#include "searcher/request/requests.h"

#include <array>
#include <span>

namespace smallprint::http {
namespace {

using enum ParameterKind;

constexpr std::array k_clause = {
    ParameterRow{.name = "context", .kind = number, .least = 0, .most = request::k_most_context},
};

constexpr std::array k_span = {
    ParameterRow{.name = "from", .kind = date},
    ParameterRow{.name = "to", .kind = date},
};

constexpr std::array k_history = {
    ParameterRow{.name = "type", .kind = text},
    ParameterRow{.name = "from", .kind = date},
    ParameterRow{.name = "to", .kind = date},
};

constexpr std::array k_diff = {
    ParameterRow{.name = "vendor", .kind = text, .required = true},
    ParameterRow{.name = "before", .kind = date, .required = true},
    ParameterRow{.name = "after", .kind = date, .required = true},
    ParameterRow{.name = "type", .kind = text},
    ParameterRow{.name = "context", .kind = number, .least = 0, .most = request::k_most_context},
};

constexpr std::array k_suggested = {row_of(Field::vendor).name, row_of(Field::type).name,
                                    row_of(Field::host).name, row_of(Field::language).name};

constexpr std::array k_suggest = {
    ParameterRow{.name = "q", .kind = text},
    ParameterRow{.name = "field", .kind = choice, .choices = k_suggested},
    ParameterRow{.name = "n", .kind = number, .least = 1, .most = request::k_most_completions},
};

constexpr std::array k_vendors = {
    ParameterRow{.name = "vendor", .kind = text, .times = Times::any},
    ParameterRow{.name = "type", .kind = text},
    ParameterRow{.name = "sort", .kind = choice, .choices = k_names_of<request::CoverageOrder>},
};

}  // namespace

// The first that matches is taken: what stands for any word comes behind the words.
std::span<const Route> all_routes() {
    using enum Caching;
    static const std::array routes = {
        Route{"search", "/api/v1/search", search_parameters(), revalidate, answer_search},
        Route{"facets", "/api/v1/facets", facet_parameters(), revalidate, answer_facets},
        Route{"clause", "/api/v1/clauses/{id}", k_clause, revalidate, answer_clause},
        Route{"clauseHistory", "/api/v1/clauses/{id}/history", k_span, revalidate,
              answer_clause_history},
        Route{"policyHistory", "/api/v1/policies/{vendor}", k_history, revalidate, answer_history},
        Route{"policyAt", "/api/v1/policies/{vendor}/at/{date}", {}, revalidate, answer_snapshot},
        Route{"diff", "/api/v1/diff", k_diff, revalidate, answer_diff},
        Route{"trend", "/api/v1/trend", trend_parameters(), revalidate, answer_trend},
        Route{"suggest", "/api/v1/suggest", k_suggest, revalidate, answer_suggest},
        Route{"vendors", "/api/v1/vendors", k_vendors, revalidate, answer_vendors},
        Route{"export", "/api/v1/export", export_parameters(), revalidate, answer_export},
        Route{"info", "/api/v1/info", {}, revalidate, answer_info},
        Route{"schema", "/api/v1/{schema}", {}, revalidate, nullptr, answer_schema},
        Route{"health", "/healthz", {}, never, nullptr, answer_health},
        Route{"readiness", "/readyz", {}, never, nullptr, answer_readiness},
        Route{"metrics", "/metrics", {}, never, nullptr, answer_metrics},
        Route{"robots", "/robots.txt", {}, never, nullptr, answer_robots},
    };
    return routes;
}

}  // namespace smallprint::http

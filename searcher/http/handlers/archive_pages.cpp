// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/base/error.h"
#include "common/base/result.h"
#include "searcher/engine/coverage.h"
#include "searcher/engine/engine.h"
#include "searcher/engine/period.h"
#include "searcher/engine/results.h"
#include "searcher/engine/trend.h"
#include "searcher/http/handlers/pages.h"
#include "searcher/http/parameters.h"
#include "searcher/http/problem.h"
#include "searcher/http/request.h"
#include "searcher/http/response.h"
#include "searcher/http/settings.h"
#include "searcher/present/html_pages.h"
#include "searcher/present/html_trend.h"
#include "searcher/query/ast.h"
#include "searcher/query/parser.h"

#include <fmt/format.h>

#include <string>
#include <utility>

namespace smallprint {
namespace {

TrendState state_of(const Parameters& parameters) {
    TrendState state;
    state.queries = parameters.texts("q");
    state.vendors = parameters.texts("vendor");
    state.from = parameters.text("from");
    state.to = parameters.text("to");
    state.by = parameters.text("by");
    return state;
}

Result<TrendRequest> trend_request(const TrendState& state, const Parameters& parameters) {
    TrendRequest wanted;
    if (state.queries.size() > k_most_trend_queries) {
        return fail(ErrorCode::usage,
                    fmt::format("more than {} queries to compare", k_most_trend_queries));
    }
    for (const std::string& text : state.queries) {
        TRY_ASSIGN(Query query, parse_query(text));
        wanted.queries.push_back(std::move(query));
    }
    wanted.filters.vendors = state.vendors;
    if (const auto from = parameters.date("from")) {
        wanted.filters.from = from->first;
    }
    if (const auto to = parameters.date("to")) {
        wanted.filters.to = to->last;
    }
    wanted.by = period_length(state.by).value_or(PeriodLength::half_year);
    return wanted;
}

Result<Trend> trend_for(const TrendState& state, const Parameters& parameters, Engine& engine) {
    TRY_ASSIGN(const TrendRequest wanted, trend_request(state, parameters));
    return engine.trend(wanted);
}

}  // namespace

Result<Response> answer_trend_page(const Request& request, Engine& engine,
                                   const ServeSettings& settings) {
    TRY_ASSIGN(const PageContext context, PageContext::of(engine, settings));
    const TrendState state = state_of(request.parameters);
    if (state.queries.empty()) {
        return html_response(trend_page({.state = state}, context.site()));
    }
    const auto trend = trend_for(state, request.parameters, engine);
    if (!trend) {
        Response response =
            html_response(trend_page({.state = state, .error = &trend.error()}, context.site()));
        response.status = problem_of(trend.error()).status;
        return response;
    }
    return html_response(trend_page({.state = state, .trend = &*trend}, context.site()));
}

Result<Response> answer_vendors_page(const Request& /*request*/, Engine& engine,
                                     const ServeSettings& settings) {
    TRY_ASSIGN(const PageContext context, PageContext::of(engine, settings));
    TRY_ASSIGN(const Coverage coverage, engine.coverage({}));
    return html_response(vendors_page(coverage, context.site()));
}

Result<Response> answer_about_page(const Request& /*request*/, Engine& engine,
                                   const ServeSettings& settings) {
    TRY_ASSIGN(const PageContext context, PageContext::of(engine, settings));
    TRY_ASSIGN(const IndexOverview overview, engine.overview());
    return html_response(about_page(overview, context.site()));
}

}  // namespace smallprint

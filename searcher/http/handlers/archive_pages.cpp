// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/base/result.h"
#include "searcher/engine/engine.h"
#include "searcher/html/pages.h"
#include "searcher/html/trend.h"
#include "searcher/http/handlers/pages.h"
#include "searcher/http/parameters.h"
#include "searcher/http/problem.h"
#include "searcher/http/request.h"
#include "searcher/http/response.h"
#include "searcher/http/search_parameters.h"
#include "searcher/http/settings.h"
#include "searcher/index/clause_view.h"
#include "searcher/over_time/coverage.h"
#include "searcher/over_time/trend.h"
#include "searcher/request/requests.h"

namespace smallprint::http {
namespace {

html::TrendState state_of(const Parameters& parameters) {
    html::TrendState state;
    state.queries = parameters.texts("q");
    state.filters = filter_texts(parameters);
    state.by = parameters.text("by");
    return state;
}

Result<over_time::Trend> trend_for(const Parameters& parameters, engine::Engine& engine) {
    TRY_ASSIGN(const request::TrendRequest wanted, trend_request(parameters));
    return engine.trend(wanted);
}

}  // namespace

Result<Response> answer_trend_page(const Request& request, engine::Engine& engine,
                                   const ServeSettings& settings) {
    TRY_ASSIGN(const PageContext context, PageContext::of(engine, settings));
    const html::TrendState state = state_of(request.parameters);
    if (state.queries.empty()) {
        return html_response(html::trend_page({.state = state}, context.site()));
    }
    const auto trend = trend_for(request.parameters, engine);
    if (!trend) {
        Response response = html_response(
            html::trend_page({.state = state, .error = &trend.error()}, context.site()));
        response.status = problem_of(trend.error()).status;
        return response;
    }
    return html_response(html::trend_page({.state = state, .trend = &*trend}, context.site()));
}

Result<Response> answer_vendors_page(const Request& /*request*/, engine::Engine& engine,
                                     const ServeSettings& settings) {
    TRY_ASSIGN(const PageContext context, PageContext::of(engine, settings));
    TRY_ASSIGN(const over_time::Coverage coverage, engine.coverage({}));
    return html_response(html::vendors_page(coverage, context.site()));
}

Result<Response> answer_about_page(const Request& /*request*/, engine::Engine& engine,
                                   const ServeSettings& settings) {
    TRY_ASSIGN(const PageContext context, PageContext::of(engine, settings));
    TRY_ASSIGN(const index::IndexOverview overview, engine.overview());
    return html_response(html::about_page(overview, context.site()));
}

}  // namespace smallprint::http

// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/base/result.h"
#include "searcher/engine/engine.h"
#include "searcher/html/search.h"
#include "searcher/html/search_state.h"
#include "searcher/http/handlers/pages.h"
#include "searcher/http/parameters.h"
#include "searcher/http/problem.h"
#include "searcher/http/request.h"
#include "searcher/http/response.h"
#include "searcher/http/search_parameters.h"
#include "searcher/http/settings.h"
#include "searcher/index/clause_view.h"
#include "searcher/request/requests.h"
#include "searcher/search/results.h"

#include <cstddef>
#include <string>
#include <utility>

namespace smallprint::http {
namespace {

constexpr std::size_t k_feed_entries = 50;

html::SearchState state_of(const Parameters& parameters) {
    html::SearchState state;
    state.q = parameters.text("q");
    state.filters = filter_texts(parameters);
    state.per_vendor = parameters.text("per_vendor");
    state.sort = parameters.text("sort") == "relevance" ? "" : parameters.text("sort");
    state.all_copies = parameters.truth("all_copies").value_or(false);
    state.no_synonyms = !parameters.truth("synonyms").value_or(true);
    state.plain = parameters.truth("plain").value_or(false);
    state.page = parameters.number("page").value_or(1);
    state.cursor = parameters.text("cursor");
    return state;
}

// Goes on at the cursor of the page before. A link that was kept until the archive was indexed anew
// has a stale cursor: it leads to the page of its number, with a note that says so.
Result<search::SearchResults> page_of_results(request::SearchRequest wanted,
                                              engine::Engine& engine) {
    if (wanted.offset == 0 || wanted.cursor.empty()) {
        wanted.cursor.clear();
        return engine.search(wanted);
    }
    auto results = engine.search(wanted);
    if (results && results->offset == wanted.offset) {
        return results;
    }
    wanted.cursor.clear();
    TRY_ASSIGN(search::SearchResults by_number, engine.search(wanted));
    by_number.notes.emplace_back(
        "the results are others than when the page before was made: some may be missing here or "
        "stand here again");
    return by_number;
}

Result<search::SearchResults> results_of(const Parameters& parameters,
                                         const html::SearchState& state, engine::Engine& engine) {
    TRY_ASSIGN(request::SearchRequest wanted, search_request(parameters));
    wanted.facets = request::FacetCounts::counted;
    wanted.count = html::k_results_a_page;
    wanted.offset = (state.page - 1) * html::k_results_a_page;
    return page_of_results(std::move(wanted), engine);
}

}  // namespace

Result<Response> answer_search_page(const Request& request, engine::Engine& engine,
                                    const ServeSettings& settings) {
    TRY_ASSIGN(const PageContext context, PageContext::of(engine, settings));
    const html::SearchState state = state_of(request.parameters);
    if (state.q.empty() && state.filters.is_empty()) {
        return html_response(html::search_page({.state = state}, context.site()));
    }
    const auto results = results_of(request.parameters, state, engine);
    if (!results) {
        Response response = html_response(
            html::search_page({.state = state, .error = &results.error()}, context.site()));
        response.status = problem_of(results.error()).status;
        return response;
    }
    return html_response(html::search_page({.state = state, .results = &*results}, context.site()));
}

Result<Response> answer_feed(const Request& request, engine::Engine& engine,
                             const ServeSettings& /*settings*/) {
    const html::SearchState state = state_of(request.parameters);
    TRY_ASSIGN(request::SearchRequest wanted, search_request(request.parameters));
    wanted.sort = request::Sort::newest;
    wanted.cursor.clear();
    wanted.count = k_feed_entries;
    wanted.context = 0;
    TRY_ASSIGN(const search::SearchResults results, engine.search(wanted));
    TRY_ASSIGN(const index::IndexOverview overview, engine.overview());
    return Response{.content_type = "application/atom+xml; charset=utf-8",
                    .body = html::atom_feed({.state = state,
                                             .results = results,
                                             .base = request.origin,
                                             .updated = overview.created})};
}

}  // namespace smallprint::http

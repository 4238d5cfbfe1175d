// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/base/result.h"
#include "searcher/csv/csv.h"
#include "searcher/engine/engine.h"
#include "searcher/http/handlers/handlers.h"
#include "searcher/http/request.h"
#include "searcher/http/response.h"
#include "searcher/http/search_parameters.h"
#include "searcher/http/settings.h"
#include "searcher/json/json.h"
#include "searcher/over_time/trend.h"
#include "searcher/query/fields.h"
#include "searcher/request/requests.h"
#include "searcher/search/results.h"
#include "searcher/search/suggest.h"

#include <string>
#include <vector>

namespace smallprint::http {
Result<Response> answer_search(const Request& request, engine::Engine& engine,
                               const ServeSettings& /*settings*/) {
    TRY_ASSIGN(const request::SearchRequest wanted, search_request(request.parameters));
    TRY_ASSIGN(const search::SearchResults results, engine.search(wanted));
    return json_response(json::search_json(results, wanted));
}

Result<Response> answer_facets(const Request& request, engine::Engine& engine,
                               const ServeSettings& /*settings*/) {
    TRY_ASSIGN(const request::SearchRequest wanted, facet_request(request.parameters));
    TRY_ASSIGN(const search::SearchResults results, engine.search(wanted));
    return json_response(json::facets_json(results, wanted));
}

Result<Response> answer_trend(const Request& request, engine::Engine& engine,
                              const ServeSettings& /*settings*/) {
    TRY_ASSIGN(const request::TrendRequest wanted, trend_request(request.parameters));
    TRY_ASSIGN(const over_time::Trend trend, engine.trend(wanted));
    return json_response(json::trend_json(trend, wanted));
}

Result<Response> answer_export(const Request& request, engine::Engine& /*engine*/,
                               const ServeSettings& /*settings*/) {
    TRY_ASSIGN(const request::SearchRequest wanted, export_request(request.parameters));
    const bool as_csv = request.parameters.text("format") == "csv";
    Response response;
    response.content_type =
        as_csv ? "text/csv; charset=utf-8; header=present" : "application/x-ndjson";
    response.stream = [wanted, as_csv](engine::Engine& engine,
                                       const WritePiece& write) -> Result<void> {
        if (as_csv) {
            TRY(write(csv::export_csv_head()));
        }
        return engine.for_each_hit(wanted, [&](const search::Hit& hit) {
            return write(as_csv ? csv::export_csv_line(hit) : json::export_json(hit));
        });
    };
    return response;
}

Result<Response> answer_suggest(const Request& request, engine::Engine& engine,
                                const ServeSettings& /*settings*/) {
    request::SuggestRequest wanted;
    wanted.field = query::field_named(request.parameters.text("field")).value_or(wanted.field);
    wanted.text = request.parameters.text("q");
    wanted.count = request.parameters.number("n").value_or(wanted.count);
    TRY_ASSIGN(const std::vector<search::Suggestion> suggestions, engine.suggest(wanted));
    return json_response(json::suggestions_json(suggestions, wanted));
}

}  // namespace smallprint::http

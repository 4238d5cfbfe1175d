// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/base/error.h"
#include "common/base/result.h"
#include "common/model/date.h"
#include "searcher/diff/diff.h"
#include "searcher/engine/engine.h"
#include "searcher/http/handlers/handlers.h"
#include "searcher/http/limits.h"
#include "searcher/http/memento.h"
#include "searcher/http/parameters.h"
#include "searcher/http/request.h"
#include "searcher/http/response.h"
#include "searcher/http/search_parameters.h"
#include "searcher/http/settings.h"
#include "searcher/index/clause_view.h"
#include "searcher/json/json.h"
#include "searcher/over_time/history.h"
#include "searcher/request/requests.h"

#include <fmt/format.h>

#include <cstddef>
#include <string>

namespace smallprint::http {
namespace {

constexpr std::size_t k_usual_context = 2;  // of a clause, as `smallprint show` has it

// Days of the span asked for; from and to of the same day or in order.
Result<void> take_span(const Parameters& parameters, request::HistoryRequest& request) {
    if (const auto from = parameters.date("from")) {
        request.from = from->first;
    }
    if (const auto to = parameters.date("to")) {
        request.to = to->last;
    }
    return check_order(request.from, request.to);
}

Result<Response> history_of(request::HistoryRequest wanted, engine::Engine& engine) {
    wanted.time_limit = k_history_time;
    TRY_ASSIGN(const over_time::History history, engine.history(wanted));
    return json_response(json::history_json(history, wanted));
}

}  // namespace

Result<Response> answer_clause(const Request& request, engine::Engine& engine,
                               const ServeSettings& /*settings*/) {
    const std::size_t context = request.parameters.number("context").value_or(k_usual_context);
    TRY_ASSIGN(const index::ClauseView clause, engine.clause(request.path.at(0), context));
    return json_response(json::clause_json(clause));
}

Result<Response> answer_clause_history(const Request& request, engine::Engine& engine,
                                       const ServeSettings& /*settings*/) {
    request::HistoryRequest wanted;
    wanted.target = request.path.at(0);
    TRY(take_span(request.parameters, wanted));
    // The id of a policy, or a vendor's name, would be answered with another object.
    TRY(engine.clause(wanted.target, 0));
    return history_of(wanted, engine);
}

Result<Response> answer_history(const Request& request, engine::Engine& engine,
                                const ServeSettings& /*settings*/) {
    request::HistoryRequest wanted;
    wanted.target = request.path.at(0);
    wanted.type = request.parameters.text("type");
    TRY(take_span(request.parameters, wanted));
    if (engine.clause(wanted.target, 0)) {
        return fail(ErrorCode::not_found,
                    fmt::format("'{}' is a clause, not a policy", wanted.target),
                    "its history is at /api/v1/clauses/{id}/history");
    }
    return history_of(wanted, engine);
}

Result<Response> answer_snapshot(const Request& request, engine::Engine& engine,
                                 const ServeSettings& settings) {
    const auto day = parse_date(request.path.at(1));
    if (!day) {
        return fail(ErrorCode::usage, "the end of the address wants a date such as 2014, 2014-03 "
                                      "or 2014-03-02");
    }
    TRY_ASSIGN(const index::PolicyView view, engine.policy(request.path.at(0), day->last));
    Response response = json_response(json::policy_json(view));
    response.fields = memento_fields(view, settings.base_url);
    return response;
}

Result<Response> answer_diff(const Request& request, engine::Engine& engine,
                             const ServeSettings& /*settings*/) {
    const Parameters& parameters = request.parameters;
    request::DiffRequest wanted;
    wanted.vendor_or_id = parameters.text("vendor");
    wanted.type = parameters.text("type");
    wanted.context = parameters.number("context").value_or(wanted.context);
    const auto before = parameters.date("before");
    const auto after = parameters.date("after");
    if (!before || !after) {
        return fail(ErrorCode::usage, "two dates are needed: 'before' and 'after'");
    }
    wanted.before = before->last;
    wanted.after = after->last;
    wanted.time_limit = k_history_time;
    TRY(check_order(SpanEnd{"'before'", wanted.before}, SpanEnd{"'after'", wanted.after}));
    TRY_ASSIGN(const diff::DiffResults results, engine.diff(wanted));
    return json_response(json::diff_json(results));
}

}  // namespace smallprint::http

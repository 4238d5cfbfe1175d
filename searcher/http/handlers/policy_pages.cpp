// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/base/error.h"
#include "common/base/result.h"
#include "common/model/date.h"
#include "searcher/diff/diff.h"
#include "searcher/engine/engine.h"
#include "searcher/html/page_url.h"
#include "searcher/html/pages.h"
#include "searcher/html/site.h"
#include "searcher/http/handlers/pages.h"
#include "searcher/http/limits.h"
#include "searcher/http/parameters.h"
#include "searcher/http/request.h"
#include "searcher/http/response.h"
#include "searcher/http/search_parameters.h"
#include "searcher/http/settings.h"
#include "searcher/index/clause_view.h"
#include "searcher/over_time/history.h"
#include "searcher/request/requests.h"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace smallprint::http {
namespace {

constexpr std::size_t k_clause_context = 2;

// The days to choose from: of the policy that is meant, none where there are several.
std::vector<CaptureTime> captures_of(const std::string& vendor_or_id, engine::Engine& engine) {
    const auto policy = engine.policy(vendor_or_id, std::nullopt);
    return policy ? policy->captures : std::vector<CaptureTime>();
}

Result<over_time::History> history_of(const std::string& target, engine::Engine& engine) {
    request::HistoryRequest wanted;
    wanted.target = target;
    wanted.time_limit = k_history_time;
    return engine.history(wanted);
}

// Days that are not given are those of the first and the newest snapshot.
Result<request::DiffRequest> diff_request(const Request& request,
                                          const std::vector<CaptureTime>& captures,
                                          const html::ArchiveFacts& archive) {
    request::DiffRequest wanted;
    wanted.vendor_or_id = request.path[0];
    wanted.type = request.parameters.text("type");
    wanted.time_limit = k_history_time;
    const std::optional<Day> first = captures.empty() ? archive.first : day_of(captures.front());
    const std::optional<Day> last = captures.empty() ? archive.last : day_of(captures.back());
    if (!first || !last) {
        return fail(ErrorCode::not_found, "no snapshot has a date, so there is nothing to compare");
    }
    const auto from = request.parameters.date("from");
    const auto to = request.parameters.date("to");
    wanted.before = from ? from->last : *first;
    wanted.after = to ? to->last : *last;
    if (from && to) {
        TRY(check_order(wanted.before, wanted.after));
    }
    return wanted;
}

}  // namespace

Result<Response> answer_clause_page(const Request& request, engine::Engine& engine,
                                    const ServeSettings& settings) {
    TRY_ASSIGN(const PageContext context, PageContext::of(engine, settings));
    TRY_ASSIGN(const index::ClauseView clause, engine.clause(request.path[0], k_clause_context));
    TRY_ASSIGN(const over_time::History history, history_of(clause.id, engine));
    return html_response(
        html::clause_page(clause, history.life.value_or(over_time::ClauseLife{}), context.site()));
}

Result<Response> answer_policy_page(const Request& request, engine::Engine& engine,
                                    const ServeSettings& settings) {
    TRY_ASSIGN(const PageContext context, PageContext::of(engine, settings));
    const auto at = request.parameters.date("at");
    const auto policy = engine.policy(request.path[0], at ? std::optional(at->last) : std::nullopt);
    if (!policy && policy.error().code == ErrorCode::usage) {
        return see_other(html::vendor_url(request.path[0]));  // it has several
    }
    if (!policy) {
        return fail(policy.error());
    }
    return html_response(html::policy_page(*policy, context.site()));
}

Result<Response> answer_diff_page(const Request& request, engine::Engine& engine,
                                  const ServeSettings& settings) {
    TRY_ASSIGN(const PageContext context, PageContext::of(engine, settings));
    const std::vector<CaptureTime> captures = captures_of(request.path[0], engine);
    TRY_ASSIGN(const request::DiffRequest wanted,
               diff_request(request, captures, context.site().archive));
    TRY_ASSIGN(const diff::DiffResults results, engine.diff(wanted));
    return html_response(
        html::diff_page({.results = results, .captures = captures}, context.site()));
}

Result<Response> answer_vendor_page(const Request& request, engine::Engine& engine,
                                    const ServeSettings& settings) {
    TRY_ASSIGN(const PageContext context, PageContext::of(engine, settings));
    TRY_ASSIGN(const over_time::History history, history_of(request.path[0], engine));
    if (history.life) {
        return see_other(html::clause_url(history.life->clause.id));
    }
    return html_response(
        html::vendor_page(history.timelines.front().policy.vendor, history, context.site()));
}

}  // namespace smallprint::http

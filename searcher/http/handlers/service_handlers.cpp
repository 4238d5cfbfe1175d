// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/base/result.h"
#include "searcher/http/handlers/handlers.h"
#include "searcher/http/problem.h"
#include "searcher/http/request.h"
#include "searcher/http/response.h"
#include "searcher/http/router.h"
#include "searcher/http/settings.h"

#include <string>
#include <utility>

namespace smallprint::http {
namespace {

Response text_response(std::string body) {
    return {.content_type = std::string(k_text_type), .body = std::move(body)};
}

}  // namespace

Result<Response> answer_health(const Request& /*request*/, const ServerFacts& /*facts*/,
                               const ServeSettings& /*settings*/) {
    return text_response("ok\n");
}

Result<Response> answer_readiness(const Request& /*request*/, const ServerFacts& facts,
                                  const ServeSettings& /*settings*/) {
    return facts.ready ? text_response("ready\n") : problem_response(problem_of(Refusal::stopping));
}

Result<Response> answer_metrics(const Request& /*request*/, const ServerFacts& facts,
                                const ServeSettings& /*settings*/) {
    return Response{.content_type = "text/plain; version=0.0.4; charset=utf-8",
                    .body = facts.metrics()};
}

// Clauses, policies and vendors are for everyone to find. Closed are what no reader wants, and
// what has an address for every combination of filters or days.
Result<Response> answer_robots(const Request& /*request*/, const ServerFacts& /*facts*/,
                               const ServeSettings& /*settings*/) {
    return text_response(
        "User-agent: *\nDisallow: /api/\nDisallow: /metrics\nDisallow: /healthz\n"
        "Disallow: /readyz\nDisallow: /?\nDisallow: /feed.atom\nDisallow: /trend?\n"
        "Disallow: /diff/\n");
}

}  // namespace smallprint::http

// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/result.h"
#include "searcher/http/parameters.h"
#include "searcher/http/problem.h"
#include "searcher/http/request.h"
#include "searcher/http/response.h"
#include "searcher/http/settings.h"

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace smallprint::engine {
class Engine;
}  // namespace smallprint::engine

namespace smallprint::http {

// The state of the server itself, for health checks and monitoring.
struct ServerFacts {
    bool ready = false;                    // has an index and is not about to stop
    std::string generation;                // that is answered from
    std::function<std::string()> metrics;  // in Prometheus' text form
};

// Pure functions: the same request, of the same index, has the same answer.
using HandlerFunction = Result<Response>(const Request& request, engine::Engine& engine,
                                         const ServeSettings& settings);
// Handlers of answers that need no index. They are called at once, even when all workers are busy.
using PlainHandlerFunction = Result<Response>(const Request& request, const ServerFacts& facts,
                                              const ServeSettings& settings);

// The form of addresses inside an answer. Absolute ones contain the origin of the request, which
// then is part of the key that answers are cached under.
enum class Addresses : std::uint8_t { relative, absolute };

// An address and what is there. All answer to GET and HEAD, and to nothing else.
struct Route {
    std::string_view name;  // operationId of schemas/openapi.yaml
    std::string_view
        pattern;  // "/api/v1/clauses/{id}"; a {part} is any one segment but an empty one
    std::span<const ParameterRow> parameters = {};
    Caching caching = Caching::never;
    HandlerFunction* handler = nullptr;  // one of the two is set
    PlainHandlerFunction* plain = nullptr;
    Response (*tell)(const Problem& problem) = problem_response;  // how errors are told
    Addresses addresses = Addresses::relative;
};

struct Match {
    const Route* route = nullptr;   // null if there is none
    std::vector<std::string> path;  // the values of its {parts}
};

Match match_route(std::span<const Route> routes, const std::vector<std::string>& segments);

// "{id}", without the brackets, of a pattern in order.
std::vector<std::string_view> parts_of(std::string_view pattern);

}  // namespace smallprint::http

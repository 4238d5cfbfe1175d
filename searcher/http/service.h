// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "searcher/http/content_encoding.h"
#include "searcher/http/host_check.h"
#include "searcher/http/problem.h"
#include "searcher/http/rate_limiter.h"
#include "searcher/http/request.h"
#include "searcher/http/response_cache.h"
#include "searcher/http/router.h"
#include "searcher/http/settings.h"

#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>

namespace smallprint::engine {
class Engine;
}  // namespace smallprint::engine

namespace smallprint::http {

// From a request to its answer, without a socket in sight: what is to be checked, in which order,
// and what all answers have in common.

// A request that has passed every check and is to be answered by a worker.
struct Exchange {
    const Route* route = nullptr;
    Request request;
    std::string key;  // the same for all that ask the same
    std::string if_none_match;
    Encoding encoding = Encoding::identity;
    Encoding stream_encoding = Encoding::identity;  // of a body that is made piece by piece
};

class Service {
public:
    using Clock = std::chrono::steady_clock;

    // `settings` and `routes` have to outlive it. For one thread.
    Service(const ServeSettings& settings, std::span<const Route> routes);

    // The answer, where it needs no worker: a refusal, an answer kept from before, 304. `client` is
    // whom limits count, empty for nobody.
    std::variant<SharedResponse, Exchange> receive(RawRequest& raw, std::string_view client,
                                                   const ServerFacts& facts);

    // The last route that `receive` has found, for the counters; empty if none.
    std::string_view route_name() const { return m_route_name; }

    // Keeps an answer to be given again.
    void remember(const Exchange& exchange, std::string_view generation, SharedResponse response);

    std::size_t cached_bytes() const { return m_cache.bytes(); }

    std::uint64_t cache_hits() const { return m_cache_hits; }

private:
    std::optional<Problem> refusal(RawRequest& raw, std::string_view client);
    std::variant<SharedResponse, Exchange> at_route(Exchange exchange, const ServerFacts& facts);
    SharedResponse plain_answer(const Exchange& exchange, const ServerFacts& facts);

    const ServeSettings& m_settings;
    std::span<const Route> m_routes;
    HostCheck m_hosts;
    std::optional<RateLimiter> m_limiter;
    ResponseCache m_cache;
    ResponseCache m_fixed;  // what needs no index, such as style sheets
    std::string_view m_route_name;
    std::uint64_t m_cache_hits = 0;
};

// True if no body follows the header, so that the next request begins right behind it.
bool has_no_body(const RawRequest& raw);

// Answers an exchange on the thread of a worker.
SharedResponse answer(const Exchange& exchange, engine::Engine& engine,
                      const ServeSettings& settings);

// Makes a refusal or an error an answer.
using ProblemTeller = Response (*)(const Problem& problem);
SharedResponse finished_problem(const Problem& problem, ProblemTeller tell = problem_response);

// The fields that say what may be kept, by whom and how long; those of CORS; encodes the body.
SharedResponse finish(Response response, const Exchange& exchange, std::string_view generation,
                      const ServeSettings& settings);

// 304 where the client has what it would get.
SharedResponse if_changed(SharedResponse response, std::string_view if_none_match);

}  // namespace smallprint::http

// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/http/service.h"

#include "common/base/enum_names.h"
#include "common/base/error.h"
#include "common/base/result.h"
#include "searcher/engine/engine.h"
#include "searcher/http/client_address.h"
#include "searcher/http/content_encoding.h"
#include "searcher/http/etag.h"
#include "searcher/http/handlers/pages.h"
#include "searcher/http/limits.h"
#include "searcher/http/parameters.h"
#include "searcher/http/problem.h"
#include "searcher/http/request.h"
#include "searcher/http/response.h"
#include "searcher/http/response_cache.h"
#include "searcher/http/router.h"
#include "searcher/http/settings.h"
#include "searcher/http/target.h"

#include <fmt/format.h>

#include <exception>
#include <memory>
#include <new>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace smallprint::http {
namespace {

constexpr double k_usual_rate = 50;  // requests a second of a client that is not on this machine
constexpr int k_ok = 200;
constexpr int k_not_modified = 304;

std::vector<std::string> names_of(const ServeSettings& settings) {
    std::vector<std::string> names = settings.allowed_hosts;
    const bool ipv6 = settings.listen.address.find(':') != std::string::npos;
    names.push_back(ipv6 ? fmt::format("[{}]", settings.listen.address) : settings.listen.address);
    return names;
}

std::string_view etag_in(const Response& response) {
    for (const HeaderField& field : response.fields) {
        if (field.name == "ETag") {
            return field.value;
        }
    }
    return {};
}

std::string canonical_key(const Route& route, const Request& request) {
    std::string key(route.name);
    for (const std::string& part : request.path) {
        key += '/' + percent_encoded(part);
    }
    key += '?' + request.parameters.canonical();
    return route.addresses == Addresses::absolute ? key + '\n' + request.origin : key;
}

// While one works on the page, every answer is another.
bool is_kept(const Route& route, const ServeSettings& settings) {
    return route.caching != Caching::never && settings.web_folder.empty();
}

std::string cache_key(const Exchange& exchange) {
    return fmt::format("{}\n{}", name_of(exchange.encoding), exchange.key);
}

std::string_view cache_control(Caching caching, int status) {
    if (status != k_ok || caching == Caching::never) {
        return "no-store";
    }
    return caching == Caching::immutable ? "public, max-age=31536000, immutable" : "no-cache";
}

BodyStream zipped(BodyStream plain) {
    return [plain = std::move(plain)](engine::Engine& engine,
                                      const WritePiece& write) -> Result<void> {
        GzipStream gzip;
        TRY(plain(engine, [&](std::string_view piece) { return write(gzip.add(piece)); }));
        return write(gzip.finish());
    };
}

Result<Response> handled(const Exchange& exchange, engine::Engine& engine,
                         const ServeSettings& settings) {
    try {
        return exchange.route->handler(exchange.request, engine, settings);
    } catch (const std::bad_alloc&) {
        return fail(ErrorCode::limit, "not enough memory to answer that");
    }
}

std::string origin_of(const RawRequest& raw, const ServeSettings& settings) {
    return settings.base_url.empty() ? "http://" + raw.authority : settings.base_url;
}

// True if a browser asks, so that an error is told as a page.
bool wants_page(const RawRequest& raw) {
    return raw.field("accept").value_or("").find("text/html") != std::string_view::npos &&
           !raw.target.starts_with("/api/");
}

}  // namespace

bool has_no_body(const RawRequest& raw) {
    return raw.count("transfer-encoding") == 0 &&
           (raw.count("content-length") == 0 ||
            (raw.count("content-length") == 1 && raw.field("content-length") == "0"));
}

Service::Service(const ServeSettings& settings, std::span<const Route> routes)
    : m_settings(settings), m_routes(routes), m_hosts(names_of(settings)),
      m_cache(settings.cache_megabytes << 20U, k_most_cached_bytes),
      m_fixed(k_most_fixed_bytes, k_most_fixed_bytes) {
    const double rate = settings.rate.value_or(k_usual_rate);
    if (rate > 0) {
        m_limiter.emplace(rate);
    }
}

std::optional<Problem> Service::refusal(RawRequest& raw, std::string_view client) {
    if (raw.count("content-length") > 1) {
        return problem_of(Refusal::malformed, "there is more than one Content-Length");
    }
    if (!has_no_body(raw)) {
        return problem_of(Refusal::body);
    }
    if (raw.target.size() > k_most_target_bytes) {
        return problem_of(Refusal::target_too_long);
    }
    if (auto problem = m_hosts.check(raw)) {
        return problem;
    }
    if (raw.method != "GET" && raw.method != "HEAD") {
        return problem_of(Refusal::method);
    }
    const auto address = IpAddress::parse(client);
    // Clients on this machine are limited only if a rate was asked for.
    if (m_limiter && address && (m_settings.rate || !address->is_loopback())) {
        const auto wait = m_limiter->take(address->client(), Clock::now());
        if (wait.count() > 0) {
            Problem problem = problem_of(Refusal::too_many_requests);
            problem.fields.push_back({"Retry-After", fmt::format("{}", wait.count())});
            return problem;
        }
    }
    return std::nullopt;
}

std::variant<SharedResponse, Exchange> Service::receive(RawRequest& raw, std::string_view client,
                                                        const ServerFacts& facts) {
    m_route_name = "";
    if (const auto problem = refusal(raw, client)) {
        return finished_problem(*problem);
    }
    const auto target = parse_target(raw.target);
    if (!target) {
        return finished_problem(problem_of(target.error()));
    }
    Match match = match_route(m_routes, target->segments);
    if (match.route == nullptr) {
        return finished_problem(problem_of(Refusal::no_such_address),
                                wants_page(raw) ? page_problem : problem_response);
    }
    m_route_name = match.route->name;
    const std::string_view accepted = raw.field("accept-encoding").value_or("");
    Exchange exchange = {.route = match.route,
                         .request = {std::move(match.path), {}, origin_of(raw, m_settings)},
                         .key = {},
                         .if_none_match = std::string(raw.field("if-none-match").value_or("")),
                         .encoding = preferred_encoding(accepted),
                         .stream_encoding = preferred_stream_encoding(accepted)};
    auto parameters = Parameters::read(match.route->parameters, target->query);
    if (!parameters) {
        return finish(match.route->tell(problem_of(parameters.error())), exchange, "", m_settings);
    }
    exchange.request.parameters = std::move(*parameters);
    return at_route(std::move(exchange), facts);
}

// Answers that need no index are made once and compressed as well as possible.
SharedResponse Service::plain_answer(const Exchange& exchange, const ServerFacts& facts) {
    const Route& route = *exchange.route;
    const std::string key = cache_key(exchange);
    if (SharedResponse kept = m_fixed.find(facts.generation, key)) {
        return kept;
    }
    auto response = route.plain(exchange.request, facts, m_settings);
    SharedResponse done =
        finish(response ? std::move(*response) : route.tell(problem_of(response.error())), exchange,
               facts.generation, m_settings);
    if (is_kept(route, m_settings) && done->status == k_ok) {
        m_fixed.store(facts.generation, key, done);
    }
    return done;
}

std::variant<SharedResponse, Exchange> Service::at_route(Exchange exchange,
                                                         const ServerFacts& facts) {
    const Route& route = *exchange.route;
    exchange.key = canonical_key(route, exchange.request);
    if (route.plain != nullptr) {
        return if_changed(plain_answer(exchange, facts), exchange.if_none_match);
    }
    if (!is_kept(route, m_settings)) {
        return exchange;
    }
    const std::string etag = weak_etag(facts.generation, exchange.key);
    if (!exchange.if_none_match.empty() && names_etag(exchange.if_none_match, etag)) {
        Response same;
        same.fields = {{"ETag", etag}};
        return if_changed(finish(std::move(same), exchange, facts.generation, m_settings), etag);
    }
    if (SharedResponse kept = m_cache.find(facts.generation, cache_key(exchange))) {
        ++m_cache_hits;
        return kept;
    }
    return exchange;
}

void Service::remember(const Exchange& exchange, std::string_view generation,
                       SharedResponse response) {
    if (is_kept(*exchange.route, m_settings) && response->status == k_ok && !response->stream) {
        m_cache.store(generation, cache_key(exchange), std::move(response));
    }
}

SharedResponse answer(const Exchange& exchange, engine::Engine& engine,
                      const ServeSettings& settings) {
    std::optional<Response> response;
    try {
        auto handled_response = handled(exchange, engine, settings);
        response = handled_response ? std::move(*handled_response)
                                    : exchange.route->tell(problem_of(handled_response.error()));
    } catch (const std::exception& error) {
        response = exchange.route->tell(problem_of(Refusal::failed, error.what()));
    }
    return finish(std::move(*response), exchange, engine.generation(), settings);
}

SharedResponse finished_problem(const Problem& problem, ProblemTeller tell) {
    Response response = tell(problem);
    response.fields.push_back({"Cache-Control", "no-store"});
    return std::make_shared<const Response>(std::move(response));
}

SharedResponse finish(Response response, const Exchange& exchange, std::string_view generation,
                      const ServeSettings& settings) {
    const Route& route = *exchange.route;
    if (response.status == k_ok && route.caching == Caching::revalidate &&
        etag_in(response).empty()) {
        response.fields.push_back({"ETag", weak_etag(generation, exchange.key)});
    }
    response.fields.push_back(
        {"Cache-Control", std::string(cache_control(route.caching, response.status))});
    response.fields.push_back({"Vary", "Accept-Encoding"});
    if (!settings.cors_origin.empty() && route.pattern.starts_with("/api/")) {
        response.fields.push_back({"Access-Control-Allow-Origin", settings.cors_origin});
        response.fields.push_back(
            {"Access-Control-Expose-Headers", "ETag, Link, Memento-Datetime, Retry-After"});
    }
    if (response.stream && exchange.stream_encoding == Encoding::gzip) {
        response.stream = zipped(std::move(*response.stream));
        response.fields.push_back({"Content-Encoding", "gzip"});
    }
    if (exchange.encoding != Encoding::identity && !response.stream &&
        response.body.size() >= k_least_encoded && is_worth_encoding(response.content_type)) {
        const bool is_sent_often = route.plain != nullptr && is_kept(route, settings);
        response.body = encoded(response.body, exchange.encoding,
                                is_sent_often ? Effort::thorough : Effort::quick);
        response.fields.push_back({"Content-Encoding", std::string(name_of(exchange.encoding))});
    }
    return std::make_shared<const Response>(std::move(response));
}

SharedResponse if_changed(SharedResponse response, std::string_view if_none_match) {
    const std::string_view etag = etag_in(*response);
    if (response->status != k_ok || etag.empty() || !names_etag(if_none_match, etag)) {
        return response;
    }
    Response same = {.status = k_not_modified, .content_type = {}, .body = {}};
    for (const HeaderField& field : response->fields) {
        if (field.name != "Content-Encoding") {
            same.fields.push_back(field);
        }
    }
    return std::make_shared<const Response>(std::move(same));
}

}  // namespace smallprint::http

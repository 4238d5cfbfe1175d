// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/http/server/session.h"

#include "common/base/error.h"
#include "common/base/result.h"
#include "common/model/date.h"
#include "searcher/engine/engine.h"
#include "searcher/http/client_address.h"
#include "searcher/http/limits.h"
#include "searcher/http/problem.h"
#include "searcher/http/request.h"
#include "searcher/http/response.h"
#include "searcher/http/response_cache.h"
#include "searcher/http/server/stream_channel.h"
#include "searcher/http/server/wire.h"
#include "searcher/http/server/worker_pool.h"
#include "searcher/http/service.h"
#include "searcher/http/settings.h"

#include <boost/asio.hpp>
#include <boost/beast/http.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace smallprint::http {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;

namespace {

constexpr auto k_as_tuple = asio::as_tuple(asio::use_awaitable);
constexpr std::size_t k_most_buffered = k_most_header_bytes * 2;
constexpr unsigned k_http_1_1 = 11;

CaptureTime now_in_seconds() {
    return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

Problem problem_with(const beast::error_code& error) {
    if (error == http::error::header_limit || error == http::error::buffer_overflow) {
        return problem_of(Refusal::header_too_large);
    }
    if (error == http::error::body_limit) {
        return problem_of(Refusal::body);
    }
    return problem_of(error == http::error::bad_version ? Refusal::version : Refusal::malformed);
}

}  // namespace

Session::Session(Socket socket, std::string peer, Hub& hub)
    : m_socket(std::move(socket)), m_peer(std::move(peer)), m_hub(hub), m_buffer(k_most_buffered),
      m_piece_there(hub.io, Clock::time_point::max()) {
    m_hub.sessions.insert(this);
    ++m_hub.open_by_client[m_peer];
}

Session::~Session() {
    m_hub.sessions.erase(this);
    const auto open = m_hub.open_by_client.find(m_peer);
    if (--open->second == 0) {
        m_hub.open_by_client.erase(open);
    }
}

void Session::close() {
    m_idle = false;
    beast::error_code ignored;
    ignored = m_socket.close(ignored);
}

Session::Clock::time_point Session::idle_until() const {
    return Clock::now() + (m_hub.stopping ? Clock::duration(k_last_call) : k_idle_time);
}

void Session::last_call() {
    if (m_idle) {
        m_deadline = std::min(m_deadline, idle_until());
    }
}

void Session::abandon_stream() {
    if (m_channel) {
        m_channel->close();
        m_channel.reset();
    }
}

Awaitable<void> Session::run() {
    // A connection is for asking something: the first request has less time than the next ones.
    m_deadline = std::min(Clock::now() + k_header_time, idle_until());
    Next next = Next::request;
    while (next == Next::request) {
        // Not inside of a condition: GCC 12 awaits it even where && has decided before.
        const bool asked = co_await wait_for_bytes();
        if (!asked) {
            break;
        }
        m_idle = false;
        m_deadline = Clock::now() + k_header_time;
        next = co_await serve_one();
        m_idle = true;
        m_deadline = idle_until();
    }
    if (next == Next::linger) {
        co_await linger();
    }
    close();
}

// Waits until the client sends something; false if it has gone or its time is up.
Awaitable<bool> Session::wait_for_bytes() {
    if (m_buffer.size() > 0) {
        co_return true;
    }
    constexpr std::size_t at_a_time = 4096;
    const auto [error, bytes] =
        co_await m_socket.async_read_some(m_buffer.prepare(at_a_time), k_as_tuple);
    m_buffer.commit(bytes);
    co_return !error;
}

Awaitable<Session::Next> Session::serve_one() {
    Parser parser;
    parser.header_limit(static_cast<std::uint32_t>(k_most_header_bytes));
    const auto [error, bytes] =
        co_await http::async_read_header(m_socket, m_buffer, parser, k_as_tuple);
    m_deadline = Clock::time_point::max();
    m_began = Clock::now();
    m_sent = 0;
    ++m_requests;
    if (error) {
        co_return co_await turn_away(error);
    }
    take_up(parser);
    auto received = m_hub.service.receive(m_raw, m_client, m_hub.facts());
    m_route = m_hub.service.route_name();
    SharedResponse response;
    if (auto* exchange = std::get_if<Exchange>(&received)) {
        response = co_await by_worker(std::move(*exchange));
    } else {
        response = std::get<SharedResponse>(std::move(received));
    }
    if (response->stream && m_raw.method != "HEAD") {
        co_return co_await send_stream(std::move(response));
    }
    co_return co_await send(std::move(response));
}

// The request as plain values.
void Session::take_up(const Parser& parser) {
    const auto& message = parser.get();
    m_raw = {};
    m_raw.peer = m_peer;
    m_raw.method = message.method_string();
    m_raw.target = message.target();
    m_raw.minor = message.version() == k_http_1_1 ? 1 : 0;
    for (const auto& field : message) {
        m_raw.fields.push_back({std::string(field.name_string()), std::string(field.value())});
    }
    m_keeps_alive = message.keep_alive() && has_no_body(m_raw);
    m_client = client_of(m_raw, m_hub.settings.trusted_proxies,
                         m_hub.settings.trust_socket ? SocketPeer::proxy : SocketPeer::unknown);
}

// After bytes that are not HTTP no later request can be told apart, so the connection ends.
Awaitable<Session::Next> Session::turn_away(beast::error_code error) {
    const beast::error_code of_parser = http::error::bad_version;
    if (error.category() != of_parser.category() || error == http::error::end_of_stream ||
        error == http::error::partial_message) {
        co_return Next::end;
    }
    m_raw = {.method = "-", .target = "-", .fields = {}, .peer = m_peer};
    m_client = m_peer;
    m_route.clear();
    m_keeps_alive = false;
    co_return co_await send(finished_problem(problem_with(error)));
}

Awaitable<SharedResponse> Session::by_worker(Exchange exchange) {
    struct Answered {
        SharedResponse response;
        std::string generation;
    };

    const auto shared = std::make_shared<const Exchange>(std::move(exchange));
    const auto asked = Clock::now();
    auto initiate = [&hub = m_hub, shared, asked](auto handler) {
        auto waiting = std::make_shared<decltype(handler)>(std::move(handler));
        const auto resume = [&hub, waiting](Answered answered) {
            asio::post(hub.io, [waiting, answered = std::move(answered)]() mutable {
                auto resumed = std::move(*waiting);
                resumed(std::move(answered));
            });
        };
        const auto task = [&hub, shared, asked, resume](std::size_t worker) {
            if (Clock::now() - asked > k_queue_time) {
                resume({finished_problem(problem_of(Refusal::busy)), ""});
                return;
            }
            engine::Engine& engine = hub.engines->engine(worker);
            SharedResponse response = answer(*shared, engine, hub.settings);
            resume({std::move(response), engine.generation()});
        };
        if (hub.workers->submit(task) == WorkerPool::Submitted::full) {
            resume({finished_problem(problem_of(Refusal::busy)), ""});
        }
    };
    Answered answered =
        co_await asio::async_initiate<const asio::use_awaitable_t<>, void(Answered)>(
            std::move(initiate), asio::use_awaitable);
    m_hub.service.remember(*shared, answered.generation, answered.response);
    co_return if_changed(std::move(answered.response), shared->if_none_match);
}

Fate Session::fate() const {
    return m_keeps_alive && !m_hub.stopping && m_requests < k_most_requests ? Fate::keep_open
                                                                            : Fate::close;
}

Awaitable<Session::Next> Session::send(SharedResponse response) {
    constexpr int not_modified = 304;
    const Fate decided = fate();
    Framing framing = {
        .length = response->body.size(), .fate = decided, .says_keep_alive = m_raw.minor == 0};
    // The length is unknown for a 304, and for a HEAD of an answer that would be streamed.
    if (response->status == not_modified || response->stream) {
        framing.length.reset();
    }
    const bool with_body = m_raw.method != "HEAD" && response->status != not_modified;
    const std::string head = head_of(*response, framing, now_in_seconds());
    const bool written =
        co_await write(head, with_body ? std::string_view(response->body) : std::string_view());
    note(response->status);
    if (!written) {
        co_return Next::end;
    }
    co_return decided == Fate::keep_open ? Next::request : Next::linger;
}

Awaitable<bool> Session::write(std::string_view head, std::string_view body) {
    m_deadline = Clock::now() + k_write_time;
    const std::array<asio::const_buffer, 2> buffers = {asio::buffer(head), asio::buffer(body)};
    const auto [error, bytes] = co_await asio::async_write(m_socket, buffers, k_as_tuple);
    m_deadline = Clock::time_point::max();
    m_sent += bytes;
    co_return !error;
}

void Session::start_stream(const SharedResponse& response,
                           const std::shared_ptr<StreamChannel>& channel) {
    const auto task = [&hub = m_hub, response, channel](std::size_t worker) {
        engine::Engine& engine = hub.engines->engine(hub.first_stream + worker);
        channel->finish((*response->stream)(
            engine, [&](std::string_view piece) { return channel->write(piece); }));
    };
    if (m_hub.streams->submit(task) == WorkerPool::Submitted::full) {
        channel->finish(
            fail(ErrorCode::limit, "too many long answers are under way", "try again in a moment"));
    }
}

Awaitable<Session::Next> Session::send_stream(SharedResponse response) {
    const auto channel =
        std::make_shared<StreamChannel>([&io = m_hub.io, session = weak_from_this()] {
            asio::post(io, [session] {
                if (const auto self = session.lock()) {
                    self->m_piece_there.cancel();
                }
            });
        });
    m_channel = channel;
    // Whatever ends this, the maker is not to wait for us.
    const std::shared_ptr<void> closing(nullptr, [this](void*) { abandon_stream(); });
    start_stream(response, channel);
    const bool chunked = m_raw.minor == 1;
    m_keeps_alive = m_keeps_alive && chunked;
    const Fate decided = fate();
    std::string head = head_of(
        *response, {.length = std::nullopt, .chunked = chunked, .fate = decided}, now_in_seconds());
    while (true) {
        StreamChannel::Taken taken = channel->take();
        if (taken.error && !head.empty()) {
            co_return co_await send(finished_problem(problem_of(*taken.error)));
        }
        if (taken.error) {
            break;  // cut short, which the client notices
        }
        if (!taken.piece && !taken.finished) {
            m_piece_there.expires_at(Clock::time_point::max());
            co_await m_piece_there.async_wait(k_as_tuple);
            continue;
        }
        const std::string piece = std::move(taken.piece).value_or("");
        const bool last = taken.finished;
        const std::string body = chunked ? chunk_of(piece) : piece;
        const bool written = co_await write(std::exchange(head, {}), body);
        if (!written || last) {
            note(response->status);
            co_return !written ? Next::end
                               : (decided == Fate::keep_open ? Next::request : Next::linger);
        }
    }
    note(response->status);
    co_return Next::end;
}

// A client that is told to go away may still be sending: closing at once would make its system
// throw away what we have said.
Awaitable<void> Session::linger() {
    constexpr std::size_t most_pieces = 16;
    m_deadline = Clock::now() + k_linger_time;
    beast::error_code ignored;
    ignored = m_socket.shutdown(Socket::shutdown_send, ignored);
    std::array<char, 4096> thrown_away;
    for (std::size_t i = 0; i < most_pieces; ++i) {
        const auto [error, bytes] =
            co_await m_socket.async_read_some(asio::buffer(thrown_away), k_as_tuple);
        if (error) {
            break;
        }
    }
}

void Session::note(int status) {
    const auto took = Clock::now() - m_began;
    m_hub.metrics.answered(m_route, status, took);
    m_hub.metrics.sent(m_sent);
    if (m_hub.log.is_kept()) {
        m_hub.log.add({.time = std::chrono::system_clock::now(),
                       .client = m_client,
                       .method = m_raw.method,
                       .target = m_raw.target,
                       .status = status,
                       .bytes = m_sent,
                       .took = took,
                       .user_agent = std::string(m_raw.field("user-agent").value_or(""))});
    }
}

}  // namespace smallprint::http

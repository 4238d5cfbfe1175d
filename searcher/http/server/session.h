// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "searcher/http/engine_pool.h"
#include "searcher/http/metrics.h"
#include "searcher/http/request.h"
#include "searcher/http/response_cache.h"
#include "searcher/http/server/access_log.h"
#include "searcher/http/server/stream_channel.h"
#include "searcher/http/server/wire.h"
#include "searcher/http/server/worker_pool.h"
#include "searcher/http/service.h"
#include "searcher/http/settings.h"

#include <boost/asio.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>

namespace smallprint::http {

using Socket = boost::asio::generic::stream_protocol::socket;
template <typename T> using Awaitable = boost::asio::awaitable<T>;

class Session;

// Everything that sessions share. It and they belong to the thread that runs `io`; workers reach it
// by boost::asio::post alone.
struct Hub {
    explicit Hub(const ServeSettings& chosen);

    const ServeSettings& settings;
    std::unique_ptr<EnginePool> engines;
    std::unique_ptr<WorkerPool> workers;
    std::unique_ptr<WorkerPool> streams;  // threads that make long bodies; their engines come
    std::size_t first_stream = 0;         // behind those of the workers, from this number
    Service service;
    Metrics metrics;
    AccessLog log;
    std::set<Session*> sessions;
    std::map<std::string, std::size_t, std::less<>> open_by_client;
    bool stopping = false;
    boost::asio::io_context io{1};  // the last: it goes first, and with it what still waits

    ServerFacts facts();
    std::string metrics_text() const;
};

// A connection: reads requests and answers them in order, until one of the sides has had enough.
class Session : public std::enable_shared_from_this<Session> {
public:
    using Clock = std::chrono::steady_clock;

    Session(Socket socket, std::string peer, Hub& hub);
    ~Session();
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;
    Session(Session&&) = delete;
    Session& operator=(Session&&) = delete;

    Awaitable<void> run();

    // The other end has used up its time.
    bool is_overdue(Clock::time_point now) const { return now > m_deadline; }

    // Nothing has been asked that is not answered.
    bool is_idle() const { return m_idle; }

    Clock::time_point deadline() const { return m_deadline; }

    // The server stops: what has been sent by now, or is on its way, is still answered.
    void last_call();

    // Makes every operation that waits for the socket fail, which ends the session.
    void close();

    // Whoever makes a body for it need not wait any longer.
    void abandon_stream();

private:
    using Parser = boost::beast::http::request_parser<boost::beast::http::empty_body>;

    enum class Next : std::uint8_t { request, linger, end };

    Awaitable<Next> serve_one();
    Awaitable<Next> turn_away(boost::beast::error_code error);
    Awaitable<bool> wait_for_bytes();
    Awaitable<SharedResponse> by_worker(Exchange exchange);
    Awaitable<Next> send(SharedResponse response);
    Awaitable<Next> send_stream(SharedResponse response);
    Awaitable<bool> write(std::string_view head, std::string_view body);
    Awaitable<void> linger();

    void take_up(const Parser& parser);
    void start_stream(const SharedResponse& response,
                      const std::shared_ptr<StreamChannel>& channel);
    Fate fate() const;
    Clock::time_point idle_until() const;
    void note(int status);

    Socket m_socket;
    std::string m_peer;
    Hub& m_hub;
    boost::beast::flat_buffer m_buffer;
    boost::asio::steady_timer m_piece_there;
    std::shared_ptr<StreamChannel> m_channel;  // of the body that is being sent
    Clock::time_point m_deadline = Clock::time_point::max();
    bool m_idle = true;
    std::size_t m_requests = 0;

    // The request being answered.
    RawRequest m_raw;
    std::string m_client;
    std::string m_route;
    bool m_keeps_alive = false;  // as the client wants it
    std::uint64_t m_sent = 0;
    Clock::time_point m_began;
};

// Admits a connection, if it may, and serves it.
void admit(Hub& hub, Socket socket, const std::string& peer);

}  // namespace smallprint::http

// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/http/server/server.h"

#include "common/base/result.h"
#include "common/io/file.h"
#include "searcher/http/engine_pool.h"
#include "searcher/http/handlers/pages.h"
#include "searcher/http/limits.h"
#include "searcher/http/server/access_log.h"
#include "searcher/http/server/listener.h"
#include "searcher/http/server/session.h"
#include "searcher/http/server/worker_pool.h"
#include "searcher/http/settings.h"

#include <boost/asio.hpp>

#include <signal.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstddef>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace smallprint::http {

namespace asio = boost::asio;

namespace {

constexpr auto k_as_tuple = asio::as_tuple(asio::use_awaitable);
constexpr std::chrono::milliseconds k_tick{200};

std::size_t worker_count(const ServeSettings& settings) {
    constexpr std::size_t least = 2;
    return settings.threads > 0 ? settings.threads
                                : std::max<std::size_t>(least, std::thread::hardware_concurrency());
}

}  // namespace

struct Server::Parts {
    explicit Parts(const ServeSettings& settings)
        : hub(settings), listener(hub), signals(hub.io, SIGTERM, SIGINT, SIGHUP), tick(hub.io) {}

    ~Parts() {
        // Threads first: they post to `hub.io` and answer with the engines.
        hub.workers.reset();
        for (Session* session : std::vector(hub.sessions.begin(), hub.sessions.end())) {
            session->abandon_stream();
        }
        hub.streams.reset();
    }

    Parts(const Parts&) = delete;
    Parts& operator=(const Parts&) = delete;
    Parts(Parts&&) = delete;
    Parts& operator=(Parts&&) = delete;

    Awaitable<void> hear_signals();
    Awaitable<void> look_at_clock();
    void stop();

    Hub hub;
    Listener listener;
    asio::signal_set signals;
    asio::steady_timer tick;
    Session::Clock::time_point drained_by = Session::Clock::time_point::max();
};

Awaitable<void> Server::Parts::hear_signals() {
    while (true) {
        const auto [error, number] = co_await signals.async_wait(k_as_tuple);
        if (error) {
            co_return;
        }
        if (number == SIGHUP) {
            hub.log.reopen();
            hub.engines->reload();
        } else if (hub.stopping) {
            hub.io.stop();  // asked twice
        } else {
            stop();
        }
    }
}

void Server::Parts::stop() {
    hub.stopping = true;
    drained_by = Session::Clock::now() + k_drain_time;
    listener.stop();
    for (Session* session : hub.sessions) {
        session->last_call();
    }
    if (hub.sessions.empty()) {
        hub.io.stop();
    }
}

// Ends connections whose time is up, and the server when it was asked to stop and has finished.
Awaitable<void> Server::Parts::look_at_clock() {
    while (true) {
        tick.expires_after(hub.stopping ? k_tick / 10 : k_tick);
        co_await tick.async_wait(k_as_tuple);
        const auto now = Session::Clock::now();
        for (Session* session : hub.sessions) {
            if (session->is_overdue(now)) {
                session->close();
            }
        }
        hub.log.flush();
        if (hub.stopping && (hub.sessions.empty() || now > drained_by)) {
            hub.io.stop();
        }
    }
}

Server::Server(std::unique_ptr<Parts> parts) : m_parts(std::move(parts)) {}

Server::Server(Server&&) noexcept = default;
Server& Server::operator=(Server&&) noexcept = default;
Server::~Server() = default;

Result<Server> Server::start(const ServeSettings& settings) {
    io::raise_file_limit();
    auto parts = std::make_unique<Parts>(settings);
    Hub& hub = parts->hub;
    const std::size_t workers = worker_count(settings);
    TRY_ASSIGN(hub.engines,
               EnginePool::open(settings.index, workers + k_most_streams, prepare_pages));
    TRY_ASSIGN(hub.log, AccessLog::open(settings.access_log));
    TRY(parts->listener.open(settings.listen));
    hub.first_stream = workers;
    hub.workers = std::make_unique<WorkerPool>(workers, k_most_queued);
    hub.streams = std::make_unique<WorkerPool>(k_most_streams, 0);
    return Server(std::move(parts));
}

std::string Server::address() const {
    return m_parts->listener.address();
}

void Server::run() {
    Parts& parts = *m_parts;
    asio::co_spawn(parts.hub.io, parts.listener.run(), asio::detached);
    asio::co_spawn(parts.hub.io, parts.hear_signals(), asio::detached);
    asio::co_spawn(parts.hub.io, parts.look_at_clock(), asio::detached);
    parts.hub.io.run();
}

}  // namespace smallprint::http

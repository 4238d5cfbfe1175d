// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/http/server/listener.h"

#include "common/base/error.h"
#include "common/base/result.h"
#include "searcher/http/limits.h"
#include "searcher/http/server/session.h"
#include "searcher/http/settings.h"

#include <boost/asio.hpp>
#include <fmt/format.h>

#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <filesystem>
#include <string>
#include <utility>

namespace smallprint::http {

namespace asio = boost::asio;

namespace {

using Tcp = asio::ip::tcp;
using Unix = asio::local::stream_protocol;
using Generic = asio::generic::stream_protocol;

constexpr auto k_as_tuple = asio::as_tuple(asio::use_awaitable);

Failure cannot_listen(const std::string& where, const boost::system::error_code& error) {
    return fail(ErrorCode::io, fmt::format("cannot listen on {}: {}", where, error.message()),
                error == asio::error::address_in_use
                    ? "name another address with --listen; port 0 takes one that is free"
                    : "");
}

Tcp::endpoint tcp_endpoint(const Generic::endpoint& generic) {
    Tcp::endpoint endpoint;
    endpoint.resize(generic.size());
    std::memcpy(endpoint.data(), generic.data(), generic.size());
    return endpoint;
}

// Empty of a unix socket, and of a client that has gone already.
std::string peer_of(const Socket& socket) {
    boost::system::error_code error;
    const auto remote = socket.remote_endpoint(error);
    const int family = remote.protocol().family();
    const bool has_address = !error && (family == AF_INET || family == AF_INET6);
    return has_address ? tcp_endpoint(remote).address().to_string() : "";
}

// A socket that nobody listens on any more is left from a server that was killed.
void remove_stale(const std::filesystem::path& path) {
    struct stat status = {};
    if (::lstat(path.c_str(), &status) != 0 || !S_ISSOCK(status.st_mode)) {
        return;
    }
    asio::io_context io;
    Unix::socket probe(io);
    boost::system::error_code error;
    error = probe.connect(Unix::endpoint(path.string()), error);
    if (error == asio::error::connection_refused) {
        ::unlink(path.c_str());
    }
}

}  // namespace

Listener::Listener(Hub& hub) : m_hub(hub), m_acceptor(hub.io), m_pause(hub.io) {}

Listener::~Listener() {
    if (!m_socket_path.empty()) {
        ::unlink(m_socket_path.c_str());
    }
}

Result<void> Listener::open(const ListenAddress& where) {
    return where.socket.empty() ? open_port(where) : open_socket(where.socket);
}

Result<void> Listener::open_port(const ListenAddress& where) {
    const bool brackets = where.address.find(':') != std::string::npos;
    const std::string host = brackets ? fmt::format("[{}]", where.address) : where.address;
    try {
        const Tcp::endpoint endpoint(asio::ip::make_address(where.address), where.port);
        listen(endpoint, endpoint.protocol());
        m_address =
            fmt::format("http://{}:{}/", host, tcp_endpoint(m_acceptor.local_endpoint()).port());
    } catch (const boost::system::system_error& error) {
        return cannot_listen(fmt::format("{}:{}", host, where.port), error.code());
    }
    return {};
}

Result<void> Listener::open_socket(const std::filesystem::path& path) {
    remove_stale(path);
    try {
        listen(Unix::endpoint(path.string()), Unix());
        m_socket_path = path;
        m_address = "unix:" + path.string();
    } catch (const boost::system::system_error& error) {
        return cannot_listen("unix:" + path.string(), error.code());
    }
    return {};
}

void Listener::listen(const Generic::endpoint& endpoint, const Generic& protocol) {
    m_acceptor.open(protocol);
    m_acceptor.set_option(asio::socket_base::reuse_address(true));
    m_acceptor.bind(endpoint);
    m_acceptor.listen(asio::socket_base::max_listen_connections);
}

Awaitable<void> Listener::run() {
    auto wait = k_accept_pause;
    while (!m_hub.stopping) {
        auto [error, socket] = co_await m_acceptor.async_accept(k_as_tuple);
        if (error && m_hub.stopping) {
            break;
        }
        if (error) {
            // Accepting fails for want of descriptors, say; trying at once would fail again.
            m_hub.metrics.accept_failed();
            m_pause.expires_after(wait);
            co_await m_pause.async_wait(k_as_tuple);
            wait = std::min(wait * 2, k_longest_accept_pause);
            continue;
        }
        wait = k_accept_pause;
        take(std::move(socket));
    }
}

void Listener::take(Socket socket) {
    const std::string peer = peer_of(socket);
    if (!peer.empty()) {
        boost::system::error_code ignored;
        ignored = socket.set_option(Tcp::no_delay(true), ignored);
    }
    admit(m_hub, std::move(socket), peer);
}

// Admits connections that the system has accepted already: their requests may have arrived.
void Listener::let_in_who_waits() {
    boost::system::error_code error;
    error = m_acceptor.non_blocking(true, error);
    for (std::size_t i = 0; i < m_hub.settings.most_connections && !error; ++i) {
        Socket socket(m_hub.io);
        error = m_acceptor.accept(socket, error);
        if (!error) {
            take(std::move(socket));
        }
    }
}

void Listener::stop() {
    let_in_who_waits();
    boost::system::error_code ignored;
    ignored = m_acceptor.close(ignored);
    m_pause.cancel();
}

}  // namespace smallprint::http

// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/result.h"
#include "searcher/http/server/session.h"
#include "searcher/http/settings.h"

#include <boost/asio.hpp>

#include <filesystem>
#include <string>

namespace smallprint::http {

// Accepts connections on a port or a unix socket and hands them to sessions.
class Listener {
public:
    explicit Listener(Hub& hub);
    ~Listener();
    Listener(const Listener&) = delete;
    Listener& operator=(const Listener&) = delete;
    Listener(Listener&&) = delete;
    Listener& operator=(Listener&&) = delete;

    Result<void> open(const ListenAddress& where);

    // "http://127.0.0.1:8080/", with the port that was really bound, or "unix:/path".
    const std::string& address() const { return m_address; }

    // Lets connections in until stop() is called, and then those that were waiting for it.
    Awaitable<void> run();
    void stop();

private:
    using Acceptor = boost::asio::basic_socket_acceptor<boost::asio::generic::stream_protocol>;

    Result<void> open_port(const ListenAddress& where);
    Result<void> open_socket(const std::filesystem::path& path);
    void take(Socket socket);
    void let_in_who_waits();
    void listen(const boost::asio::generic::stream_protocol::endpoint& endpoint,
                const boost::asio::generic::stream_protocol& protocol);

    Hub& m_hub;
    Acceptor m_acceptor;
    boost::asio::steady_timer m_pause;
    std::string m_address;
    std::filesystem::path m_socket_path;  // ours, to be removed in the end
};

}  // namespace smallprint::http

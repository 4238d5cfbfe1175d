// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/result.h"
#include "searcher/http/settings.h"

#include <memory>
#include <string>

namespace smallprint::http {

// Answers HTTP from a published index. One thread owns all sockets and never waits for anything
// else; workers answer, each with an engine of its own.
class Server {
public:
    // Opens the index and listens. `settings` has to outlive the server.
    static Result<Server> start(const ServeSettings& settings);

    Server(Server&&) noexcept;
    Server& operator=(Server&&) noexcept;
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;
    ~Server();

    // "http://127.0.0.1:8080/", with the port that was really bound, or "unix:/path".
    std::string address() const;

    // Until SIGTERM or SIGINT; what is under way then is finished first. SIGHUP takes up the
    // published generation and opens the access log anew.
    void run();

private:
    struct Parts;
    explicit Server(std::unique_ptr<Parts> parts);

    std::unique_ptr<Parts> m_parts;
};

}  // namespace smallprint::http

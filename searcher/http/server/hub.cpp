// SPDX-License-Identifier: GPL-2.0-or-later
// Keeps the set of connections: admits new ones within the limits, and counts them all.
#include "searcher/http/client_address.h"
#include "searcher/http/metrics.h"
#include "searcher/http/page_routes.h"
#include "searcher/http/problem.h"
#include "searcher/http/response_cache.h"
#include "searcher/http/router.h"
#include "searcher/http/server/access_log.h"
#include "searcher/http/server/session.h"
#include "searcher/http/server/wire.h"
#include "searcher/http/service.h"
#include "searcher/http/settings.h"

#include <boost/asio.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <exception>
#include <memory>
#include <string>
#include <utility>

namespace smallprint::http {

namespace asio = boost::asio;

namespace {

constexpr std::size_t k_usual_client_connections = 32;

// True if one more connection of this peer is too many. Clients on this machine are counted only if
// that is asked for; trusted proxies, through which many come, never are.
bool has_too_many(const Hub& hub, const std::string& peer) {
    const auto address = IpAddress::parse(peer);
    if (!address || std::ranges::any_of(hub.settings.trusted_proxies, [&](const auto& range) {
            return range.contains(*address);
        })) {
        return false;
    }
    if (!hub.settings.most_client_connections && address->is_loopback()) {
        return false;
    }
    const auto open = hub.open_by_client.find(peer);
    return open != hub.open_by_client.end() &&
           open->second >=
               hub.settings.most_client_connections.value_or(k_usual_client_connections);
}

// Makes room by ending the connection that has asked for nothing the longest.
bool made_room(Hub& hub) {
    Session* oldest = nullptr;
    for (Session* session : hub.sessions) {
        if (session->is_idle() && (oldest == nullptr || session->deadline() < oldest->deadline())) {
            oldest = session;
        }
    }
    if (oldest != nullptr) {
        oldest->close();
    }
    return oldest != nullptr;
}

// Says so without waiting: a word that does not fit into the socket's buffer is not said.
void refuse(Hub& hub, Socket& socket) {
    hub.metrics.refused_connection();
    const SharedResponse response = finished_problem(problem_of(Refusal::too_many_connections));
    const std::string text =
        head_of(*response, {.length = response->body.size(), .fate = Fate::close},
                std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now())) +
        response->body;
    boost::system::error_code ignored;
    ignored = socket.non_blocking(true, ignored);
    socket.write_some(asio::buffer(text), ignored);
    ignored = socket.shutdown(Socket::shutdown_send, ignored);
}

}  // namespace

Hub::Hub(const ServeSettings& chosen)
    : settings(chosen), service(chosen, served_routes()), log(AccessLog::none()) {}

ServerFacts Hub::facts() {
    return {.ready = !stopping, .generation = engines->generation(), .metrics = [this] {
                return metrics_text();
            }};
}

std::string Hub::metrics_text() const {
    return metrics.text({.generation = engines->generation(),
                         .open_connections = sessions.size(),
                         .queued = workers->queued(),
                         .cache_hits = service.cache_hits(),
                         .cached_bytes = service.cached_bytes(),
                         .reloads = engines->reloads(),
                         .failed_reloads = engines->failed_reloads()});
}

void admit(Hub& hub, Socket socket, const std::string& peer) {
    hub.metrics.connected();
    if (has_too_many(hub, peer) ||
        (hub.sessions.size() >= hub.settings.most_connections && !made_room(hub))) {
        refuse(hub, socket);
        return;
    }
    const auto session = std::make_shared<Session>(std::move(socket), peer, hub);
    // Its end is the end of the last reference to it; running out of memory ends it as well.
    asio::co_spawn(hub.io, session->run(), [session](const std::exception_ptr&) {});
}

}  // namespace smallprint::http

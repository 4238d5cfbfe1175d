// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/base/error.h"
#include "common/base/result.h"
#include "common/base/strings.h"
#include "common/cli/options.h"
#include "searcher/cli/commands.h"
#include "searcher/cli/options.h"
#include "searcher/cli/runner.h"
#include "searcher/http/client_address.h"
#include "searcher/http/host_check.h"
#include "searcher/http/server/server.h"
#include "searcher/http/settings.h"

#include <fmt/format.h>

#include <signal.h>

#include <algorithm>
#include <csignal>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace smallprint::cli {
namespace {

constexpr std::string_view k_socket_scheme = "unix:";
constexpr std::size_t k_most_threads = 256;
constexpr std::size_t k_most_connections = 100'000;
constexpr std::size_t k_largest_cache = 65'536;  // megabytes
constexpr double k_highest_rate = 1e6;

std::optional<double> parse_rate(std::string_view text) {
    const auto number = parse_number<double>(text);
    return number && *number >= 0 && *number <= k_highest_rate ? number : std::nullopt;
}

// Without a slash at its end.
std::optional<std::string> parse_web_address(std::string_view text) {
    const auto is_graphic = [](char c) { return c > ' ' && c < '\x7F' && c != '<' && c != '>'; };
    const bool has_scheme = text.starts_with("http://") || text.starts_with("https://");
    if (!has_scheme || !std::ranges::all_of(text, is_graphic)) {
        return std::nullopt;
    }
    return std::string(text.substr(0, text.find_last_not_of('/') + 1));
}

std::optional<std::string> parse_origin(std::string_view text) {
    return text == "*" ? std::string(text) : parse_web_address(text);
}

Result<http::ListenAddress> parse_listen_address(std::string_view text) {
    http::ListenAddress listen;
    if (text.starts_with(k_socket_scheme)) {
        listen.socket = text.substr(k_socket_scheme.size());
        constexpr std::size_t longest = 107;  // of struct sockaddr_un
        if (listen.socket.empty() || listen.socket.string().size() > longest) {
            return fail(ErrorCode::usage,
                        fmt::format("--listen wants unix:PATH of at most {} bytes, not '{}'",
                                    longest, text));
        }
        return listen;
    }
    const std::size_t colon = text.rfind(':');
    const std::string_view port = text.substr(colon == std::string_view::npos ? 0 : colon + 1);
    const auto number = parse_number<std::uint16_t>(port);
    if (colon != std::string_view::npos) {
        listen.address = text.substr(0, colon);
        if (listen.address.starts_with('[') && listen.address.ends_with(']')) {
            listen.address = listen.address.substr(1, listen.address.size() - 2);
        }
        listen.address = listen.address == "localhost" ? "127.0.0.1" : listen.address;
    }
    if (!number || !http::IpAddress::parse(listen.address)) {
        return fail(ErrorCode::usage,
                    fmt::format("--listen wants ADDRESS:PORT or unix:PATH, not '{}'", text),
                    "the address is a number, such as 127.0.0.1:8080 or [::1]:8080");
    }
    listen.port = *number;
    return listen;
}

Result<void> add_proxy(http::ServeSettings& settings, const GivenOption& option) {
    const auto range = http::AddressRange::parse(option.value);
    if (option.value == "unix") {
        settings.trust_socket = true;
    } else if (range) {
        settings.trusted_proxies.push_back(*range);
    } else {
        return wrong_value(option, "an address, a network such as 10.0.0.0/8, or unix");
    }
    return {};
}

Result<void> add_host(std::vector<std::string>& hosts, const GivenOption& option) {
    if (http::host_name(option.value).empty()) {
        return wrong_value(option, "a host name");
    }
    hosts.push_back(option.value);
    return {};
}

OptionRows limit_rows(http::ServeSettings& settings) {
    return {
        {"rate", 0, "N",
         "requests a second from one address, 0 for any number (default 50, and any number "
         "from this machine)",
         set_parsed(settings.rate, parse_rate, "a number of requests a second")},
        {"trusted-proxy", 0, "NET",
         "believe X-Forwarded-For from this address, network or 'unix'; repeatable",
         [&](auto& option) { return add_proxy(settings, option); }},
        {"max-connections", 0, "N", "connections open at a time (default 1024)",
         set_number(settings.most_connections, 1, k_most_connections)},
        {"max-client-connections", 0, "N",
         "of one address (default 32, and any number from this machine)",
         set_number(settings.most_client_connections, 1, k_most_connections)},
        {"cache", 0, "MB", "memory for answers that are asked for again (default 32, 0 for none)",
         set_number(settings.cache_megabytes, 0, k_largest_cache)},
    };
}

Result<int> run_serve(ServeOptions& options) {
    // Clients that go, and a reader of the access log that does, are no reason to end.
    std::signal(SIGPIPE, SIG_IGN);
    options.settings.index = options.index;
    TRY_ASSIGN(http::Server server, http::Server::start(options.settings));
    TRY(print(fmt::format("listening on {}\n", server.address())));
    server.run();
    return k_found;
}

}  // namespace

OptionRows ServeOptions::rows() {
    const std::string address = "an address such as https://example.org";
    return concat({
        {
            {"listen", 0, "ADDRESS",
             "ADDRESS:PORT (default 127.0.0.1:8080; port 0 is one that is free) or unix:PATH",
             [this](auto& option) -> Result<void> {
                 TRY_ASSIGN(settings.listen, parse_listen_address(option.value));
                 return {};
             }},
            {"threads", 0, "N",
             "how many requests are answered at a time (default: one a processor)",
             set_number(settings.threads, 1, k_most_threads)},
            {"allowed-host", 0, "NAME",
             "a name this server is known by, besides localhost; repeat it for several",
             [this](auto& option) { return add_host(settings.allowed_hosts, option); }},
            {"base-url", 0, "URL", "where the outside finds this server, for addresses in answers",
             set_parsed(settings.base_url, parse_web_address, address)},
            {"cors-origin", 0, "ORIGIN",
             "let pages of this origin (or *) read the answers of the API",
             set_parsed(settings.cors_origin, parse_origin, address)},
        },
        limit_rows(settings),
        {
            {"access-log", 0, "FILE",
             "note every request there, a line of JSON each; - is standard output",
             set_text(settings.access_log)},
            {"web-dir", 0, "DIR",
             "read the page's files from DIR at every request, to work on them",
             set_text(settings.web_folder)},
            index_row(*this),
        },
        about_rows(*this),
    });
}

const Command k_serve_command = {
    .name = "serve",
    .arguments = "[OPTION]...",
    .summary = "answer over HTTP, for programs and browsers",
    .about =
        "Answers under http://127.0.0.1:8080/ until it is stopped with Ctrl-C or SIGTERM. The\n"
        "API is described at /api/v1/openapi.json. A newly published index is taken up within\n"
        "a second; SIGHUP does so at once, and opens the access log anew. What is to be open\n"
        "to others belongs behind a web server: see nginx/ and systemd/ in the documentation.\n",
    .examples = "  smallprint serve -i my.idx\n"
                "  smallprint serve --listen 127.0.0.1:0 --access-log -\n"
                "  smallprint serve --listen unix:/run/smallprint/socket --trusted-proxy unix \\\n"
                "      --allowed-host policies.example.org\n"
                "  curl 'http://127.0.0.1:8080/api/v1/search?q=sell+personal+data'\n",
    .run = run_command<ServeOptions, run_serve>,
};

}  // namespace smallprint::cli

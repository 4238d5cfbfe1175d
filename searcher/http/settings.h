// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "searcher/http/client_address.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace smallprint::http {

inline constexpr std::uint16_t k_usual_port = 8080;

// The address and port, or the unix socket, that the server listens on.
struct ListenAddress {
    std::string address = "127.0.0.1";
    std::uint16_t port = k_usual_port;  // 0: one that is free
    std::filesystem::path socket = {};  // if not empty, instead of the two
};

// Everything that can be chosen when the server is started.
struct ServeSettings {
    std::filesystem::path index;
    ListenAddress listen;
    std::size_t threads = 0;  // that search; 0: as many as there are processors, at least two
    std::vector<std::string> allowed_hosts;  // besides this machine's and the address listened on
    std::string cors_origin;                 // empty: answers are not for other origins
    std::string base_url;                    // "https://example.org/privacy", no slash at the end
    std::filesystem::path web_folder;        // assets are read from it instead, for development
    std::vector<AddressRange> trusted_proxies;
    bool trust_socket = false;   // who comes through the unix socket is a proxy
    std::optional<double> rate;  // requests a second of one client, 0: any number
    std::size_t most_connections = 1024;
    std::optional<std::size_t> most_client_connections;  // of one client
    std::size_t cache_megabytes = 32;  // of answers that are kept to be given again
    std::string access_log;            // a file, "-" is stdout, empty is none
};

}  // namespace smallprint::http

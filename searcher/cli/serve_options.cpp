// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/cli/serve_options.h"

#include "common/base/error.h"
#include "common/base/result.h"
#include "common/base/strings.h"
#include "common/index_format/generation.h"
#include "searcher/cli/command_line.h"
#include "searcher/cli/option_table.h"
#include "searcher/cli/option_values.h"
#include "searcher/cli/options.h"
#include "searcher/http/client_address.h"
#include "searcher/http/host_check.h"
#include "searcher/http/settings.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace smallprint {
namespace {

constexpr std::string_view k_socket_scheme = "unix:";
constexpr std::size_t k_most_threads = 256;
constexpr std::size_t k_most_connections = 100'000;
constexpr std::size_t k_largest_cache = 65'536;  // megabytes
constexpr double k_highest_rate = 1e6;

Result<double> rate_of(const GivenOption& option) {
    const auto number = parse_number<double>(option.value);
    if (!number || !(*number >= 0 && *number <= k_highest_rate)) {
        return wrong_value(option, "a number of requests a second");
    }
    return *number;
}

bool is_web_address(std::string_view text) {
    return text.starts_with("http://") || text.starts_with("https://");
}

Result<std::string> address_of(const GivenOption& option) {
    const auto is_graphic = [](char c) { return c > ' ' && c < '\x7F' && c != '<' && c != '>'; };
    if (!is_web_address(option.value) || !std::ranges::all_of(option.value, is_graphic)) {
        return wrong_value(option, "an address such as https://example.org");
    }
    std::string address = option.value;
    while (address.ends_with('/')) {
        address.pop_back();
    }
    return address;
}

Result<void> take_proxy(const GivenOption& option, ServeSettings& settings) {
    if (option.value == "unix") {
        settings.trust_socket = true;
        return {};
    }
    const auto range = AddressRange::parse(option.value);
    if (!range) {
        return wrong_value(option, "an address, a network such as 10.0.0.0/8, or unix");
    }
    settings.trusted_proxies.push_back(*range);
    return {};
}

// Who may ask, and how much.
Result<void> take_limit(const GivenOption& option, ServeSettings& settings) {
    if (option.flag == Flag::threads) {
        TRY_ASSIGN(settings.threads, number_of(option, {1, k_most_threads}));
    } else if (option.flag == Flag::rate) {
        TRY_ASSIGN(settings.rate, rate_of(option));
    } else if (option.flag == Flag::max_connections) {
        TRY_ASSIGN(settings.most_connections, number_of(option, {1, k_most_connections}));
    } else if (option.flag == Flag::max_client_connections) {
        TRY_ASSIGN(settings.most_client_connections, number_of(option, {1, k_most_connections}));
    } else if (option.flag == Flag::cache) {
        TRY_ASSIGN(settings.cache_megabytes, number_of(option, {0, k_largest_cache}));
    } else if (option.flag == Flag::trusted_proxy) {
        return take_proxy(option, settings);
    } else if (option.flag == Flag::allowed_host) {
        if (host_name(option.value).empty()) {
            return wrong_value(option, "a host name");
        }
        settings.allowed_hosts.push_back(option.value);
    }
    return {};
}

Result<void> take_serve(const GivenOption& option, ServeOptions& options) {
    ServeSettings& settings = options.settings;
    switch (option.flag) {
    case Flag::index:
        settings.index = option.value;
        return {};
    case Flag::help:
        options.common.help = true;
        return {};
    case Flag::version:
        options.common.version = true;
        return {};
    case Flag::listen: {
        TRY_ASSIGN(settings.listen, parse_listen_address(option.value));
        return {};
    }
    case Flag::base_url: {
        TRY_ASSIGN(settings.base_url, address_of(option));
        return {};
    }
    case Flag::cors_origin: {
        if (option.value == "*") {
            settings.cors_origin = option.value;
            return {};
        }
        TRY_ASSIGN(settings.cors_origin, address_of(option));
        return {};
    }
    case Flag::access_log:
        settings.access_log = option.value;
        return {};
    case Flag::web_dir:
        settings.web_folder = option.value;
        return {};
    default:
        return take_limit(option, settings);
    }
}

}  // namespace

Result<ListenAddress> parse_listen_address(std::string_view text) {
    ListenAddress listen;
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
    if (!number || !IpAddress::parse(listen.address)) {
        return fail(ErrorCode::usage,
                    fmt::format("--listen wants ADDRESS:PORT or unix:PATH, not '{}'", text),
                    "the address is a number, such as 127.0.0.1:8080 or [::1]:8080");
    }
    listen.port = *number;
    return listen;
}

Result<ServeOptions> parse_serve_options(const Arguments& arguments) {
    TRY_ASSIGN(const CommandLine line, split_command_line(Command::serve, arguments));
    ServeOptions options;
    options.settings.index = default_index_folder();
    for (const GivenOption& option : line.options) {
        if (option.value.empty() && option.flag != Flag::help && option.flag != Flag::version) {
            return fail(ErrorCode::usage, fmt::format("{} needs a value", option.name));
        }
        TRY(take_serve(option, options));
    }
    if (!line.words.empty() && !options.common.help && !options.common.version) {
        return fail(ErrorCode::usage,
                    fmt::format("serve takes no argument such as '{}'", line.words.front()),
                    "see `smallprint serve --help`");
    }
    return options;
}

}  // namespace smallprint

// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/http/client_address.h"
#include "searcher/http/host_check.h"
#include "searcher/http/rate_limiter.h"
#include "searcher/http/request.h"

#include <doctest/doctest.h>

#include <chrono>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace smallprint {
namespace {

using namespace std::chrono_literals;

// What a text says, which has to be one.
template <typename T> T parsed(std::string_view text) {
    const std::optional<T> value = T::parse(text);
    if (!value) {
        throw std::invalid_argument(std::string(text));
    }
    return *value;
}

std::string client_key(std::string_view text) {
    const auto address = http::IpAddress::parse(text);
    return address ? address->client() : "none";
}

bool is_in(std::string_view address, std::string_view range) {
    return parsed<http::AddressRange>(range).contains(parsed<http::IpAddress>(address));
}

std::string client(const std::string& peer, std::vector<http::HeaderField> fields,
                   http::SocketPeer socket = http::SocketPeer::unknown) {
    const std::vector proxies = {parsed<http::AddressRange>("10.0.0.0/8"),
                                 parsed<http::AddressRange>("::1")};
    return http::client_of(
        {.method = "GET", .target = "/", .fields = std::move(fields), .peer = peer}, proxies,
        socket);
}

}  // namespace

TEST_CASE("whom a limit counts is an IPv4 address or the /64 of an IPv6 one") {
    CHECK(client_key("192.0.2.1") == "c0000201");
    CHECK(client_key("::ffff:192.0.2.1") == "c0000201");
    CHECK(client_key("2001:db8:1:2:3:4:5:6") == client_key("[2001:db8:1:2::1]"));
    CHECK(client_key("2001:db8:1:2::1") != client_key("2001:db8:1:3::1"));
    CHECK(client_key("example.org") == "none");
    CHECK(client_key("") == "none");
    CHECK(parsed<http::IpAddress>("127.9.9.9").is_loopback());
    CHECK(parsed<http::IpAddress>("::1").is_loopback());
    CHECK_FALSE(parsed<http::IpAddress>("::2").is_loopback());
    CHECK_FALSE(parsed<http::IpAddress>("128.0.0.1").is_loopback());
}

TEST_CASE("a network holds its addresses") {
    CHECK(is_in("10.255.0.1", "10.0.0.0/8"));
    CHECK_FALSE(is_in("11.0.0.1", "10.0.0.0/8"));
    CHECK(is_in("192.0.2.129", "192.0.2.128/25"));
    CHECK_FALSE(is_in("192.0.2.1", "192.0.2.128/25"));
    CHECK(is_in("192.0.2.1", "192.0.2.1"));
    CHECK(is_in("2001:db8::1", "2001:db8::/32"));
    CHECK(is_in("192.0.2.1", "0.0.0.0/0"));
    CHECK_FALSE(is_in("2001:db8::1", "0.0.0.0/0"));
    for (const char* wrong : {"", "10.0.0.0/33", "::/129", "10.0.0.0/", "10.0.0.0/x", "host/8"}) {
        CHECK_FALSE(http::AddressRange::parse(wrong).has_value());
    }
}

TEST_CASE("X-Forwarded-For is believed from a trusted proxy, and no further back") {
    CHECK(client("192.0.2.1", {{"X-Forwarded-For", "1.2.3.4"}}) == "192.0.2.1");
    CHECK(client("10.0.0.1", {{"X-Forwarded-For", "1.2.3.4"}}) == "1.2.3.4");
    CHECK(client("10.0.0.1", {{"x-forwarded-for", "6.6.6.6, 1.2.3.4, 10.0.0.2"}}) == "1.2.3.4");
    CHECK(client("10.0.0.1", {{"X-Forwarded-For", "6.6.6.6"}, {"X-Forwarded-For", "1.2.3.4"}}) ==
          "1.2.3.4");
    CHECK(client("10.0.0.1", {{"X-Forwarded-For", "nonsense"}}) == "10.0.0.1");
    CHECK(client("10.0.0.1", {}) == "10.0.0.1");
    CHECK(client("", {{"X-Forwarded-For", "1.2.3.4"}}) == "");
    CHECK(client("", {{"X-Forwarded-For", "1.2.3.4"}}, http::SocketPeer::proxy) == "1.2.3.4");
}

TEST_CASE("a client may ask in bursts, and then as often as tokens come back") {
    http::RateLimiter limiter(2);
    auto now = http::RateLimiter::Clock::time_point{} + 1h;
    for (int i = 0; i < 4; ++i) {
        CHECK(limiter.take("a", now) == 0s);
    }
    CHECK(limiter.take("a", now) == 1s);
    CHECK(limiter.take("b", now) == 0s);
    now += 500ms;
    CHECK(limiter.take("a", now) == 0s);
    CHECK(limiter.take("a", now) == 1s);
    now += 1h;
    for (int i = 0; i < 4; ++i) {
        CHECK(limiter.take("a", now) == 0s);
    }
    CHECK(limiter.take("a", now) == 1s);
}

TEST_CASE("a slow rate says how long to wait") {
    http::RateLimiter limiter(0.1);
    const auto now = http::RateLimiter::Clock::time_point{} + 1h;
    CHECK(limiter.take("a", now) == 0s);
    CHECK(limiter.take("a", now) == 10s);
    CHECK(limiter.take("a", now + 4s) == 6s);
}

TEST_CASE("who has not asked for long is forgotten") {
    http::RateLimiter limiter(10);
    auto now = http::RateLimiter::Clock::time_point{} + 1h;
    for (int i = 0; i < 100'000; ++i) {
        now += 1ms;
        (void)limiter.take(std::to_string(i), now);
    }
    CHECK(limiter.clients() < 3000);
}

TEST_CASE("the name of a host is told from its port") {
    CHECK(http::host_name("Example.ORG:8080") == "example.org");
    CHECK(http::host_name("example.org.") == "example.org");
    CHECK(http::host_name("[::1]:80") == "[::1]");
    CHECK(http::host_name("[::1]") == "[::1]");
    CHECK(http::host_name("a b").empty());
    CHECK(http::host_name("a:b").empty());
    CHECK(http::host_name("a/b").empty());
    CHECK(http::host_name("u@a").empty());
}

}  // namespace smallprint

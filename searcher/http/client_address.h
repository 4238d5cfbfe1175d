// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "searcher/http/request.h"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace smallprint::http {

// An address of IPv6, or of IPv4 as ::ffff:a.b.c.d.
class IpAddress {
public:
    static std::optional<IpAddress> parse(std::string_view text);

    bool is_loopback() const;

    // Whom a limit counts as one: an IPv4 address, the /64 of an IPv6 one.
    std::string client() const;

    // True if the first `bits` of the 128 are equal.
    bool shares(const IpAddress& other, unsigned bits) const;

    bool is_ipv4() const;

private:
    std::array<std::uint8_t, 16> m_bytes = {};
};

// "10.0.0.0/8", "::1".
class AddressRange {
public:
    static std::optional<AddressRange> parse(std::string_view text);

    bool contains(const IpAddress& address) const { return m_first.shares(address, m_bits); }

private:
    IpAddress m_first;
    unsigned m_bits = 128;
};

enum class SocketPeer : std::uint8_t { unknown, proxy };

// Finds the address a request comes from: the peer's, or behind trusted proxies the last one in
// X-Forwarded-For that is no trusted proxy. Empty for a unix socket that is no proxy.
std::string client_of(const RawRequest& request, std::span<const AddressRange> proxies,
                      SocketPeer socket);

}  // namespace smallprint::http

// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/http/client_address.h"

#include "common/base/strings.h"
#include "searcher/http/request.h"

#include <fmt/format.h>

#include <arpa/inet.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace smallprint::http {
namespace {

constexpr std::array<std::uint8_t, 12> k_ipv4_start = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};
constexpr unsigned k_ipv4_offset = 96;  // bits before an IPv4 address
constexpr unsigned k_all_bits = 128;

bool is_trusted(std::string_view address, std::span<const AddressRange> proxies) {
    const auto parsed = IpAddress::parse(address);
    return parsed && std::ranges::any_of(proxies, [&](const AddressRange& range) {
               return range.contains(*parsed);
           });
}

}  // namespace

std::optional<IpAddress> IpAddress::parse(std::string_view text) {
    if (text.starts_with('[') && text.ends_with(']')) {
        text = text.substr(1, text.size() - 2);
    }
    const std::string terminated(text);
    IpAddress address;
    if (::inet_pton(AF_INET6, terminated.c_str(), address.m_bytes.data()) == 1) {
        return address;
    }
    std::ranges::copy(k_ipv4_start, address.m_bytes.begin());
    if (::inet_pton(AF_INET, terminated.c_str(), &address.m_bytes[k_ipv4_start.size()]) == 1) {
        return address;
    }
    return std::nullopt;
}

bool IpAddress::is_ipv4() const {
    return std::ranges::equal(std::span(m_bytes).first(k_ipv4_start.size()), k_ipv4_start);
}

bool IpAddress::is_loopback() const {
    constexpr std::uint8_t own_net = 127;
    if (is_ipv4()) {
        return m_bytes[k_ipv4_start.size()] == own_net;
    }
    constexpr std::array<std::uint8_t, 16> one = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
    return m_bytes == one;
}

std::string IpAddress::client() const {
    constexpr std::size_t ipv6_network = 8;
    const std::size_t first = is_ipv4() ? k_ipv4_start.size() : 0;
    const std::size_t last = is_ipv4() ? m_bytes.size() : ipv6_network;
    return fmt::format("{:02x}", fmt::join(std::span(m_bytes).subspan(first, last - first), ""));
}

bool IpAddress::shares(const IpAddress& other, unsigned bits) const {
    constexpr unsigned byte_bits = 8;
    const std::size_t whole = bits / byte_bits;
    if (!std::equal(m_bytes.begin(), m_bytes.begin() + static_cast<std::ptrdiff_t>(whole),
                    other.m_bytes.begin())) {
        return false;
    }
    const unsigned rest = bits % byte_bits;
    const unsigned shift = byte_bits - rest;
    return rest == 0 || m_bytes[whole] >> shift == other.m_bytes[whole] >> shift;
}

std::optional<AddressRange> AddressRange::parse(std::string_view text) {
    const std::size_t slash = std::min(text.find('/'), text.size());
    const auto first = IpAddress::parse(text.substr(0, slash));
    if (!first) {
        return std::nullopt;
    }
    AddressRange range;
    range.m_first = *first;
    if (slash == text.size()) {
        return range;
    }
    const auto bits = parse_number<unsigned>(text.substr(slash + 1));
    const unsigned offset = first->is_ipv4() ? k_ipv4_offset : 0;
    if (!bits || *bits > k_all_bits - offset) {
        return std::nullopt;
    }
    range.m_bits = *bits + offset;
    return range;
}

std::string client_of(const RawRequest& request, std::span<const AddressRange> proxies,
                      SocketPeer socket) {
    const bool by_proxy =
        request.peer.empty() ? socket == SocketPeer::proxy : is_trusted(request.peer, proxies);
    std::string client = request.peer;
    if (!by_proxy) {
        return client;
    }
    // Proxies append to the field, so the last addresses can be trusted and the first cannot.
    std::string chain;
    for (const HeaderField& field : request.fields) {
        if (lower_ascii(field.name) == "x-forwarded-for") {
            chain += (chain.empty() ? "" : ",") + field.value;
        }
    }
    std::string_view rest = chain;
    while (!rest.empty()) {
        const std::size_t comma = rest.rfind(',');
        const std::size_t begin = comma == std::string_view::npos ? 0 : comma + 1;
        const std::string_view address = trimmed(rest.substr(begin), " \t");
        if (!IpAddress::parse(address)) {
            break;
        }
        client = address;
        if (!is_trusted(address, proxies)) {
            break;
        }
        rest = rest.substr(0, comma == std::string_view::npos ? 0 : comma);
    }
    return client;
}

}  // namespace smallprint::http

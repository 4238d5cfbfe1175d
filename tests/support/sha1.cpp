// SPDX-License-Identifier: GPL-2.0-or-later
#include "tests/support/sha1.h"

#include <fmt/format.h>

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace smallprint {
namespace {

using State = std::array<std::uint32_t, 5>;

std::uint32_t round_function(std::size_t round, const State& s) {
    switch (round / 20) {
    case 0:
        return ((s[1] & s[2]) | (~s[1] & s[3])) + 0x5A827999U;
    case 1:
        return (s[1] ^ s[2] ^ s[3]) + 0x6ED9EBA1U;
    case 2:
        return ((s[1] & s[2]) | (s[1] & s[3]) | (s[2] & s[3])) + 0x8F1BBCDCU;
    default:
        return (s[1] ^ s[2] ^ s[3]) + 0xCA62C1D6U;
    }
}

void add_block(std::string_view block, State& state) {
    std::array<std::uint32_t, 80> words{};
    for (std::size_t i = 0; i < 64; ++i) {
        words[i / 4] = words[i / 4] << 8U | static_cast<unsigned char>(block[i]);
    }
    for (std::size_t i = 16; i < 80; ++i) {
        words[i] = std::rotl(words[i - 3] ^ words[i - 8] ^ words[i - 14] ^ words[i - 16], 1);
    }
    State s = state;
    for (std::size_t i = 0; i < 80; ++i) {
        const std::uint32_t next = std::rotl(s[0], 5) + round_function(i, s) + s[4] + words[i];
        s = {next, s[0], std::rotl(s[1], 30), s[2], s[3]};
    }
    for (std::size_t i = 0; i < 5; ++i) {
        state[i] += s[i];
    }
}

}  // namespace

std::string sha1(std::string_view bytes) {
    State state = {0x67452301U, 0xEFCDAB89U, 0x98BADCFEU, 0x10325476U, 0xC3D2E1F0U};
    std::string padded(bytes);
    padded += '\x80';
    padded.append((120 - padded.size() % 64) % 64, '\0');
    const std::uint64_t bits = std::uint64_t{bytes.size()} * 8;
    for (unsigned i = 8; i-- > 0;) {
        padded += static_cast<char>(bits >> (8 * i) & 0xFFU);
    }
    for (std::size_t at = 0; at < padded.size(); at += 64) {
        add_block(std::string_view(padded).substr(at, 64), state);
    }
    return fmt::format("{:08x}{:08x}{:08x}{:08x}{:08x}", state[0], state[1], state[2], state[3],
                       state[4]);
}

}  // namespace smallprint

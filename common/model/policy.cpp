// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/model/policy.h"

#include "common/base/hash.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace smallprint {
namespace {

constexpr int k_id_bits = 50;
constexpr std::size_t k_id_size = 10;
// Crockford's alphabet (https://www.crockford.com/base32.html): no i, l, o, u to misread.
constexpr std::string_view k_alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

std::uint64_t cut(std::uint64_t hash) {
    return hash >> (64 - k_id_bits);
}

std::string encode(std::uint64_t value) {
    std::string out(k_id_size, '0');
    for (std::size_t i = k_id_size; i-- > 0; value >>= 5U) {
        out[i] = k_alphabet[value & 31U];
    }
    return out;
}

std::optional<std::uint64_t> decode(std::string_view text) {
    std::uint64_t value = 0;
    for (const char c : text) {
        const std::size_t digit = k_alphabet.find(c);
        if (digit == std::string_view::npos) {
            return std::nullopt;
        }
        value = (value << 5U) | digit;
    }
    return text.size() == k_id_size ? std::optional(value) : std::nullopt;
}

}  // namespace

void enter_heading(const Policy& policy, std::uint32_t heading, std::vector<std::uint32_t>& path) {
    const std::uint8_t level = policy.headings[heading].level;
    while (!path.empty() && policy.headings[path.back()].level >= level) {
        path.pop_back();
    }
    if (level > 0) {
        path.push_back(heading);
    }
}

std::uint64_t policy_hash(std::string_view vendor, std::string_view terms_type,
                          std::string_view key) {
    std::string whole(vendor);
    whole += '\0';
    whole += terms_type;
    whole += '\0';
    whole += key;
    return cut(hash64(whole));
}

std::uint64_t text_hash(std::string_view text) {
    return cut(hash64(text));
}

std::string policy_id(std::uint64_t policy_hash) {
    return encode(policy_hash);
}

std::string clause_id(std::uint64_t policy_hash, std::uint64_t text_hash) {
    return encode(policy_hash) + '-' + encode(text_hash);
}

std::optional<ParsedId> parse_id(std::string_view id) {
    const std::optional<std::uint64_t> policy = decode(id.substr(0, k_id_size));
    if (!policy) {
        return std::nullopt;
    }
    if (id.size() == k_id_size) {
        return ParsedId{*policy, std::nullopt};
    }
    const auto text = id[k_id_size] == '-' ? decode(id.substr(k_id_size + 1)) : std::nullopt;
    return text ? std::optional(ParsedId{*policy, text}) : std::nullopt;
}

}  // namespace smallprint

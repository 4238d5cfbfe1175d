// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/base/hash.h"

#include <fmt/format.h>
#include <xxhash.h>

#include <cstdint>
#include <string>
#include <string_view>

namespace smallprint {
namespace {

std::string to_text(const XXH128_hash_t& hash) {
    return fmt::format("{:016x}{:016x}", hash.high64, hash.low64);
}

}  // namespace

std::uint64_t hash64(std::string_view bytes, std::uint64_t seed) {
    return XXH3_64bits_withSeed(bytes.data(), bytes.size(), seed);
}

std::string digest128(std::string_view bytes) {
    return to_text(XXH3_128bits(bytes.data(), bytes.size()));
}

void Digest128::Free::operator()(XXH3_state_s* state) const {
    XXH3_freeState(state);
}

Digest128::Digest128() : m_state(XXH3_createState()) {
    XXH3_128bits_reset(m_state.get());
}

void Digest128::add(std::string_view bytes) {
    XXH3_128bits_update(m_state.get(), bytes.data(), bytes.size());
}

std::string Digest128::value() const {
    return to_text(XXH3_128bits_digest(m_state.get()));
}

}  // namespace smallprint

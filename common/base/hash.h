// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

struct XXH3_state_s;

namespace smallprint {

// XXH3 of xxHash (https://xxhash.com): fast and stable across machines, not cryptographic.
std::uint64_t hash64(std::string_view bytes, std::uint64_t seed = 0);

// For hash tables keyed by text.
struct TextHash {
    using is_transparent = void;

    std::size_t operator()(std::string_view text) const { return hash64(text); }
};

// XXH3-128 as 32 lower-case hexadecimal digits: the digest of whole files.
std::string digest128(std::string_view bytes);

// The same of bytes that come piece by piece.
class Digest128 {
public:
    Digest128();

    void add(std::string_view bytes);
    std::string value() const;

private:
    struct Free {
        void operator()(XXH3_state_s* state) const;
    };

    std::unique_ptr<XXH3_state_s, Free> m_state;
};

}  // namespace smallprint

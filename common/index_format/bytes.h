// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/error.h"
#include "common/base/result.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace smallprint::index_format {

inline constexpr std::string_view k_rebuild_hint = "index the archive again to rebuild the index";

// Bytes of an index are not what was written.
inline Failure damaged_index(std::string message) {
    return fail(ErrorCode::damaged, std::move(message), std::string(k_rebuild_hint));
}

// The three shapes every record is made of: a varint (LEB128: 7 bits a byte, low bits first), a
// string (its size as varint, then its bytes) and 8 bytes of little-endian integer.

class ByteWriter {
public:
    void varint(std::uint64_t value) {
        for (; value >= 0x80; value >>= 7U) {
            m_bytes += static_cast<char>((value & 0x7FU) | 0x80U);
        }
        m_bytes += static_cast<char>(value);
    }

    // Zigzag, so that small negative numbers stay short.
    void signed_varint(std::int64_t value) {
        varint((static_cast<std::uint64_t>(value) << 1U) ^ static_cast<std::uint64_t>(value >> 63));
    }

    void string(std::string_view value) {
        varint(value.size());
        m_bytes += value;
    }

    void fixed64(std::uint64_t value) {
        for (int i = 0; i < 8; ++i, value >>= 8U) {
            m_bytes += static_cast<char>(value & 0xFFU);
        }
    }

    const std::string& bytes() const { return m_bytes; }

    std::string take() { return std::move(m_bytes); }

private:
    std::string m_bytes;
};

// Reads what ByteWriter wrote. Running out of bytes, or an impossible value, makes it bad for
// good; values read from then on are 0 or empty, so callers check good() once at the end, and
// count() before they loop.
class ByteReader {
public:
    explicit ByteReader(std::string_view bytes) : m_rest(bytes) {}

    bool good() const { return m_good; }

    // For callers that find a value impossible.
    void spoil() { m_good = false; }

    bool at_end() const { return m_rest.empty(); }

    std::uint64_t varint() {
        std::uint64_t value = 0;
        for (unsigned shift = 0; shift < 64 && !m_rest.empty(); shift += 7) {
            const auto byte = static_cast<unsigned char>(m_rest.front());
            m_rest.remove_prefix(1);
            value |= static_cast<std::uint64_t>(byte & 0x7FU) << shift;
            if (byte < 0x80) {
                return value;
            }
        }
        m_good = false;
        return 0;
    }

    std::uint32_t varint32() {
        const std::uint64_t value = varint();
        if (value > UINT32_MAX) {
            m_good = false;
            return 0;
        }
        return static_cast<std::uint32_t>(value);
    }

    std::int64_t signed_varint() {
        const std::uint64_t value = varint();
        return static_cast<std::int64_t>(value >> 1U) ^ -static_cast<std::int64_t>(value & 1U);
    }

    std::string_view string() {
        const std::uint64_t size = varint();
        if (size > m_rest.size()) {
            m_good = false;
            return {};
        }
        const std::string_view value = m_rest.substr(0, static_cast<std::size_t>(size));
        m_rest.remove_prefix(value.size());
        return value;
    }

    std::uint64_t fixed64() {
        if (m_rest.size() < 8) {
            m_good = false;
            return 0;
        }
        std::uint64_t value = 0;
        for (std::size_t i = 8; i-- > 0;) {
            value = (value << 8U) | static_cast<unsigned char>(m_rest[i]);
        }
        m_rest.remove_prefix(8);
        return value;
    }

    // How many elements follow; each takes at least a byte, so a larger count is damage.
    std::size_t count() {
        const std::uint64_t value = varint();
        if (value > m_rest.size()) {
            m_good = false;
            return 0;
        }
        return static_cast<std::size_t>(value);
    }

private:
    std::string_view m_rest;
    bool m_good = true;
};

}  // namespace smallprint::index_format

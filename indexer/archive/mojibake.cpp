// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/archive/mojibake.h"

#include "common/text/utf8.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace smallprint {
namespace {

// The characters of the bytes 0x80 to 0x9F in windows-1252; 0 where there is none.
constexpr std::array<char32_t, 32> k_windows_1252 = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

// The byte that reads as this character in windows-1252 or ISO-8859-1; 0 if there is none, or if it
// is ASCII.
std::uint8_t byte_of(char32_t character) {
    if (character >= 0x80 && character <= 0xFF) {
        return static_cast<std::uint8_t>(character);
    }
    for (std::size_t i = 0; i < k_windows_1252.size(); ++i) {
        if (character != 0 && k_windows_1252[i] == character) {
            return static_cast<std::uint8_t>(0x80 + i);
        }
    }
    return 0;
}

// Behind the characters from `begin` on that are one character encoded twice; `begin` if they are
// not. Leads of scripts that no policy is written in would take "É »", as French has it, for one.
std::size_t behind_twice_encoded(std::string_view text, std::size_t begin) {
    std::size_t offset = begin;
    const std::uint8_t lead = byte_of(next_character(text, offset));
    const bool two = lead == 0xC2 || lead == 0xC3 || lead == 0xD0 || lead == 0xD1;
    if (!two && (lead < 0xE0 || lead > 0xEF)) {
        return begin;
    }
    std::string bytes(1, static_cast<char>(lead));
    while (bytes.size() < (two ? 2U : 3U)) {
        if (offset == text.size()) {
            return begin;
        }
        bytes += static_cast<char>(byte_of(next_character(text, offset)));
    }
    return is_valid_utf8(bytes) ? offset : begin;
}

}  // namespace

bool is_mojibake(std::string_view text) {
    std::size_t twice = 0;
    std::size_t once = 0;
    for (std::size_t offset = 0; offset < text.size();) {
        const auto byte = static_cast<std::uint8_t>(text[offset]);
        if (byte < 0x80) {
            ++offset;
            continue;
        }
        // Each lead in question is a letter between À and ÿ, whose own first byte is 0xC3.
        const std::size_t end =
            byte == 0xC3 || byte == 0xC2 ? behind_twice_encoded(text, offset) : offset;
        if (end != offset) {
            ++twice;
            offset = end;
        } else {
            next_character(text, offset);
            ++once;
        }
    }
    return twice >= 3 && twice * 4 >= once;
}

}  // namespace smallprint

// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/text/utf8.h"

#include <fmt/format.h>
#include <unicode/uchar.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <iterator>
#include <string>
#include <string_view>

namespace smallprint::text {
namespace {

// Says of a lead byte how many continuation bytes, and the range of the first of them (the Unicode
// Standard, table 3-7).
struct Lead {
    unsigned following;
    std::uint8_t first_low;
    std::uint8_t first_high;
};

Lead read_lead(std::uint8_t byte) {
    if (byte >= 0xC2 && byte <= 0xDF) {
        return {1, 0x80, 0xBF};
    }
    if (byte >= 0xE0 && byte <= 0xEF) {
        return {2, static_cast<std::uint8_t>(byte == 0xE0 ? 0xA0 : 0x80),
                static_cast<std::uint8_t>(byte == 0xED ? 0x9F : 0xBF)};
    }
    if (byte >= 0xF0 && byte <= 0xF4) {
        return {3, static_cast<std::uint8_t>(byte == 0xF0 ? 0x90 : 0x80),
                static_cast<std::uint8_t>(byte == 0xF4 ? 0x8F : 0xBF)};
    }
    return {0, 0, 0};
}

std::uint8_t byte_at(std::string_view text, std::size_t offset) {
    return static_cast<std::uint8_t>(text[offset]);
}

bool is_continuation(std::uint8_t byte) {
    return (byte & 0xC0U) == 0x80U;
}

// The offset of the first byte that is not ASCII, from `offset` on.
std::size_t skip_ascii(std::string_view text, std::size_t offset) {
    constexpr std::uint64_t high_bits = 0x8080808080808080U;
    while (text.size() - offset >= sizeof(std::uint64_t)) {
        std::uint64_t block = 0;
        std::memcpy(&block, text.data() + offset, sizeof block);
        if ((block & high_bits) != 0) {
            break;
        }
        offset += sizeof block;
    }
    while (offset < text.size() && byte_at(text, offset) < 0x80) {
        ++offset;
    }
    return offset;
}

// The ill-formed part of `text` at `begin`, as opposed to a U+FFFD the author wrote.
bool is_ill_formed(char32_t character, std::string_view bytes) {
    return character == k_replacement_character && bytes != "\xEF\xBF\xBD";
}

bool is_harmful_in_terminal(char32_t c) {
    const bool control = (c < 0x20 && c != '\n' && c != '\t') || (c >= 0x7F && c <= 0x9F);
    const bool separator = c == 0x2028 || c == 0x2029;
    const bool bidirectional = (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) ||
                               c == 0x200E || c == 0x200F || c == 0x061C;
    return control || separator || bidirectional;
}

std::size_t character_width(char32_t character) {
    const auto c = static_cast<UChar32>(character);
    const auto category = U_GET_GC_MASK(c);
    constexpr auto without_width = U_GC_MN_MASK | U_GC_ME_MASK | U_GC_CF_MASK | U_GC_CC_MASK;
    const bool inner_jamo = character >= 0x1160 && character <= 0x11FF;
    if (character == 0xAD) {
        return 1;
    }
    if ((category & without_width) != 0 || inner_jamo) {
        return 0;
    }
    const int width = u_getIntPropertyValue(c, UCHAR_EAST_ASIAN_WIDTH);
    return width == U_EA_WIDE || width == U_EA_FULLWIDTH ? 2 : 1;
}

}  // namespace

bool is_blank_character(char32_t character) {
    const char32_t c = character;
    return c <= U' ' || (c >= 0x7F && c <= 0xA0) || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) ||
           c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
}

char32_t meant_by_control(char32_t character) {
    // 0 where windows-1252 has no character.
    static constexpr std::array<char32_t, 32> k_windows_1252 = {
        0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
        0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
        0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};
    const bool is_control = character >= 0x80 && character < 0xA0;
    const char32_t meant = is_control ? k_windows_1252[character - 0x80] : 0;
    return meant == 0 ? character : meant;
}

char32_t next_character(std::string_view text, std::size_t& offset) {
    const std::uint8_t first = byte_at(text, offset++);
    if (first < 0x80) {
        return first;
    }
    const Lead lead = read_lead(first);
    if (lead.following == 0) {
        return k_replacement_character;
    }
    char32_t character = first & (0x3FU >> lead.following);
    for (unsigned i = 0; i < lead.following; ++i) {
        if (offset == text.size()) {
            return k_replacement_character;
        }
        const std::uint8_t byte = byte_at(text, offset);
        const bool fits =
            i == 0 ? byte >= lead.first_low && byte <= lead.first_high : is_continuation(byte);
        if (!fits) {
            return k_replacement_character;
        }
        character = (character << 6U) | (byte & 0x3FU);
        ++offset;
    }
    return character;
}

void append_utf8(std::string& out, char32_t character) {
    const bool surrogate = character >= 0xD800 && character <= 0xDFFF;
    const char32_t c = surrogate || character > 0x10FFFF ? k_replacement_character : character;
    const auto continuation = [c](unsigned shift) {
        return static_cast<char>(0x80U | ((c >> shift) & 0x3FU));
    };
    if (c < 0x80) {
        out += static_cast<char>(c);
    } else if (c < 0x800) {
        out += {static_cast<char>(0xC0U | (c >> 6U)), continuation(0)};
    } else if (c < 0x10000) {
        out += {static_cast<char>(0xE0U | (c >> 12U)), continuation(6), continuation(0)};
    } else {
        out += {static_cast<char>(0xF0U | (c >> 18U)), continuation(12), continuation(6),
                continuation(0)};
    }
}

bool is_valid_utf8(std::string_view text) {
    for (std::size_t offset = skip_ascii(text, 0); offset < text.size();
         offset = skip_ascii(text, offset)) {
        const std::size_t begin = offset;
        const char32_t character = next_character(text, offset);
        if (is_ill_formed(character, text.substr(begin, offset - begin))) {
            return false;
        }
    }
    return true;
}

std::string repaired_utf8(std::string_view text) {
    std::string repaired;
    repaired.reserve(text.size());
    for (std::size_t offset = 0; offset < text.size();) {
        const std::size_t end_of_ascii = skip_ascii(text, offset);
        repaired += text.substr(offset, end_of_ascii - offset);
        offset = end_of_ascii;
        if (offset < text.size()) {
            append_utf8(repaired, next_character(text, offset));
        }
    }
    return repaired;
}

std::string_view utf8_prefix(std::string_view text, std::size_t bytes) {
    if (bytes >= text.size()) {
        return text;
    }
    // A character has at most three continuation bytes; a longer run of them is ill-formed and
    // may be cut anywhere.
    for (std::size_t end = bytes; bytes - end <= 3; --end) {
        if (!is_continuation(byte_at(text, end))) {
            std::size_t next = end;
            next_character(text, next);
            return text.substr(0, next <= bytes ? bytes : end);
        }
        if (end == 0) {
            break;
        }
    }
    return text.substr(0, bytes);
}

std::size_t display_width(std::string_view text) {
    std::size_t columns = 0;
    for (std::size_t offset = 0; offset < text.size();) {
        const char32_t character = next_character(text, offset);
        if (character >= 0x20 && character < 0x7F) {
            ++columns;
        } else {
            columns += character_width(character);
        }
    }
    return columns;
}

std::string terminal_safe(std::string_view text) {
    std::string safe;
    safe.reserve(text.size());
    for (std::size_t offset = 0; offset < text.size();) {
        const std::size_t begin = offset;
        const char32_t character = next_character(text, offset);
        const std::string_view bytes = text.substr(begin, offset - begin);
        if (is_ill_formed(character, bytes)) {
            for (const char byte : bytes) {
                fmt::format_to(std::back_inserter(safe), "\\x{:02x}",
                               static_cast<unsigned char>(byte));
            }
        } else if (!is_harmful_in_terminal(character)) {
            safe += bytes;
        } else if (character < 0x80) {
            fmt::format_to(std::back_inserter(safe), "\\x{:02x}", static_cast<unsigned>(character));
        } else {
            fmt::format_to(std::back_inserter(safe), "\\u{:04x}", static_cast<unsigned>(character));
        }
    }
    return safe;
}

}  // namespace smallprint::text

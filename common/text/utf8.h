// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace smallprint::text {

// Unicode text as UTF-8 (RFC 3629). Offsets and sizes are bytes. Any input is accepted.

inline constexpr char32_t k_replacement_character = 0xFFFD;

// Reads the character at `offset` (which must be inside `text`) and moves `offset` past it. An
// ill-formed sequence reads as U+FFFD and moves on by its maximal ill-formed part, at least a byte.
char32_t next_character(std::string_view text, std::size_t& offset);

void append_utf8(std::string& out, char32_t character);

bool is_valid_utf8(std::string_view text);

// True of white space and of controls, in any script.
bool is_blank_character(char32_t character);

// A control from U+0080 to U+009F is a byte of windows-1252 that somebody took for a character:
// returns what was meant by it. Everything else is returned as it is, and so are the five bytes
// that windows-1252 leaves open.
char32_t meant_by_control(char32_t character);

// A copy with every ill-formed sequence replaced by U+FFFD.
std::string repaired_utf8(std::string_view text);

// The longest prefix of at most `bytes` bytes that does not cut a character in two.
std::string_view utf8_prefix(std::string_view text, std::size_t bytes);

// Number of terminal columns: controls and combining marks take none, East Asian wide characters
// and most emoji two.
std::size_t display_width(std::string_view text);

// For terminals: C0 and C1 controls, DEL, ESC, bidirectional controls, U+2028, U+2029 and invalid
// bytes become visible escapes such as \x1b or \u202e. Newlines and tabs stay. The result is valid
// UTF-8; made safe again it is the same.
std::string terminal_safe(std::string_view text);

}  // namespace smallprint::text

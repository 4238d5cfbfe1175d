// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace smallprint {

// A clause longer than this is split.
inline constexpr std::size_t k_longest_clause = 250;  // words

// Cuts a text of more than k_longest_clause words into parts of about equal length, each at most
// that long, at ends of sentences; a sentence that is itself too long is cut between words, and
// text without blanks between characters. Returns the end offset of every part, the last of which
// is text.size(). Linear time.
std::vector<std::uint32_t> cut_long_text(std::string_view text);

}  // namespace smallprint

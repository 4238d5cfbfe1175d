// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <span>
#include <string_view>

namespace smallprint {

// English words that carry no weight in a ranked query ("the", "of", "do", "my"), in folded form.
// Words that turn the meaning ("not", "no", "without") and "us", which may be the country, are
// none.
bool is_stop_word(std::string_view folded_word);

// All of them, sorted.
std::span<const std::string_view> stop_words();

}  // namespace smallprint

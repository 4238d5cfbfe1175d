// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace smallprint {

// The words that the slow reading knows, said once and not computed: their stems, and which of them
// are compounds.

// All of them, and compounds with hyphens.
std::vector<std::string> slow_words();

// Whether it is one of them, without a hyphen.
bool is_slow_word(const std::string& word);

const std::string& slow_stem(const std::string& word);
bool is_slow_stop_word(const std::string& word);

// The parts of a compound, however it is written; nothing for other words.
std::optional<std::pair<std::string, std::string>> slow_parts(const std::string& word);

// Whether two words may be written as one.
bool makes_slow_compound(const std::string& a, const std::string& b);

}  // namespace smallprint

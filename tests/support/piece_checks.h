// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/model/section.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace smallprint {

// What holds for the pieces of any source, put as a complaint that is empty if all is well: texts
// are not empty, valid UTF-8 without controls and without white space around them, clauses have at
// most 250 words, source ranges are in order and inside, links inside their text, lead-ins before.
std::string complaint_about(const std::vector<Piece>& pieces, std::string_view source);

// True of a heading whose words stand in the clause behind it as well.
bool stands_in_next(const std::vector<Piece>& pieces, std::size_t number);

// All texts, one a line, each word once.
std::string joined_texts(const std::vector<Piece>& pieces);

bool operator==(const Piece& a, const Piece& b);

}  // namespace smallprint

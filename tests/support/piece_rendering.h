// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/model/section.h"

#include <string>
#include <vector>

namespace smallprint {

// Pieces as people read them, one a line, in columns: its number; its kind, a heading's with its
// level; its byte range in the source; "<4" if piece 4 is its lead-in; its text, indented by the
// headings it stands under, with "⏎" for a line break; its links as {words -> target}.
std::string render_pieces(const std::vector<Piece>& pieces);

}  // namespace smallprint

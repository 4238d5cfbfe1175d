// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/model/listing.h"

#include <string_view>

namespace smallprint {

// The text of a snapshot that stands in a field of a table, of a database or of a JSON object, with
// the facts around it.

// Whether a reader would see nothing of it.
bool is_blank(std::string_view text);

// Adds what the text says to a snapshot whose facts are known otherwise: its size, and where nobody
// is named, a provenance line or the opening.
void list_table_text(std::string_view text, TextForm form, ListedSnapshot& snapshot);

}  // namespace smallprint

// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/model/listing.h"

#include <string_view>

namespace smallprint {

// Completes a snapshot from its text, which stands in a field of a table, of a database or of a
// JSON object and whose facts stand beside it: sets the size and, where no vendor is named, adds
// the facts of a provenance line or the opening.
void list_table_text(std::string_view text, TextForm form, ListedSnapshot& snapshot);

}  // namespace smallprint

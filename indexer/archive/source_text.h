// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/model/listing.h"
#include "common/model/snapshot.h"

#include <string_view>

namespace smallprint {

// Makes the text of a snapshot from its bytes, whatever their charset; `declared` as decode_text()
// takes it. A Markdown text begins behind its provenance line.
SourceText make_source(std::string_view bytes, TextForm form, std::string_view declared = {});

// Fills in what `known` leaves open from `found`.
void complete_facts(SnapshotFacts& known, const SnapshotFacts& found);

// Completes a snapshot from its text, which stands in a field of a table, of a database or of a
// JSON object and whose facts stand beside it: sets the size and, where no vendor is named, adds
// the facts of a provenance line or the opening.
void list_table_text(std::string_view text, TextForm form, ListedSnapshot& snapshot);

}  // namespace smallprint

// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/result.h"
#include "common/model/listing.h"
#include "common/model/snapshot.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace smallprint::archive {

struct Provenance {
    SnapshotFacts facts;
    std::size_t size = 0;  // bytes up to the start of the policy's own text
};

// The first line of a file of the Princeton-Leuven corpus
// (https://privacypolicies.cs.princeton.edu):
//
//   > *The following text is extracted and transformed from the VENDOR TYPE that was archived on
//   YYYY-MM-DD. Please check the [original snapshot on the Wayback Machine](URL) for ...*
//
// Nothing if the text does not begin with such a line. Facts that the line has in a broken form are
// left unknown.
std::optional<Provenance> parse_provenance(std::string_view text);

// Makes the text of a snapshot from its bytes, whatever their charset; `declared` as decode_text()
// takes it. A Markdown text begins behind its provenance line. NUL bytes are dropped;
// ErrorCode::input for bytes that are no text, be it only in one place: an image, compressed data.
Result<SourceText> make_source(std::string_view bytes, TextForm form,
                               std::string_view declared = {});

// True if bytes, or a stretch of them, have so many controls or U+FFFD that they are no text.
bool holds_binary_data(std::string_view text);

// The document that a file's name says it is: "privacy-policy" -> "privacy policy".
std::string terms_type_of_name(std::string_view name);

// Fills in what `known` leaves open from `found`.
void complete_facts(SnapshotFacts& known, const SnapshotFacts& found);

// Completes a snapshot from its text, which stands in a field of a table, of a database or of a
// JSON object and whose facts stand beside it: sets the size and, where no vendor is named, adds
// the facts of a provenance line or the opening.
void list_table_text(std::string_view text, TextForm form, ListedSnapshot& snapshot);

}  // namespace smallprint::archive

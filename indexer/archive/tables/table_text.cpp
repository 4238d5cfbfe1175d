// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/archive/tables/table_text.h"

#include "common/model/listing.h"
#include "common/model/snapshot.h"
#include "indexer/archive/charset.h"
#include "indexer/archive/limits.h"
#include "indexer/archive/provenance.h"

#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace smallprint {
namespace {

void complete(std::string& known, std::string& found) {
    if (known.empty()) {
        known = std::move(found);
    }
}

void complete(SnapshotFacts& known, SnapshotFacts found) {
    if (known.vendor.empty()) {
        known.vendor = std::move(found.vendor);
        known.vendor_source = found.vendor_source;
    }
    known.captured = known.captured ? known.captured : found.captured;
    complete(known.terms_type, found.terms_type);
    complete(known.source_url, found.source_url);
    complete(known.archive_url, found.archive_url);
}

}  // namespace

void list_table_text(std::string_view text, TextForm form, ListedSnapshot& snapshot) {
    snapshot.size = text.size();
    if (form != TextForm::markdown) {
        return;
    }
    if (std::optional<Provenance> provenance = parse_provenance(text)) {
        complete(snapshot.facts, std::move(provenance->facts));
    } else if (snapshot.facts.vendor.empty()) {
        snapshot.opening = decode_text(text.substr(0, k_opening), "").text;
    }
}

}  // namespace smallprint

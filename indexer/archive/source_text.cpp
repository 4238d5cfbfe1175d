// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/archive/source_text.h"

#include "common/model/listing.h"
#include "common/model/snapshot.h"
#include "indexer/archive/charset.h"
#include "indexer/archive/limits.h"
#include "indexer/archive/provenance.h"

#include <string>
#include <string_view>
#include <utility>

namespace smallprint {
namespace {

void complete(std::string& known, const std::string& found) {
    known = known.empty() ? found : known;
}

}  // namespace

void complete_facts(SnapshotFacts& known, const SnapshotFacts& found) {
    if (known.vendor.empty()) {
        known.vendor = found.vendor;
        known.vendor_source = found.vendor_source;
    }
    known.captured = known.captured ? known.captured : found.captured;
    complete(known.terms_type, found.terms_type);
    complete(known.source_url, found.source_url);
    complete(known.archive_url, found.archive_url);
    complete(known.language, found.language);
}

SourceText make_source(std::string_view bytes, TextForm form, std::string_view declared) {
    DecodedText decoded = decode_text(bytes, declared);
    SourceText source;
    source.form = form;
    source.charset = std::move(decoded.charset);
    source.mojibake = decoded.mojibake;
    source.bytes = std::move(decoded.text);
    if (form == TextForm::markdown) {
        const auto provenance = parse_provenance(source.bytes);
        source.begin = provenance ? provenance->size : 0;
    }
    return source;
}

void list_table_text(std::string_view text, TextForm form, ListedSnapshot& snapshot) {
    snapshot.size = text.size();
    if (form != TextForm::markdown) {
        return;
    }
    if (const auto provenance = parse_provenance(text)) {
        complete_facts(snapshot.facts, provenance->facts);
    } else if (snapshot.facts.vendor.empty()) {
        snapshot.opening = decode_text(text.substr(0, k_opening), "").text;
    }
}

}  // namespace smallprint

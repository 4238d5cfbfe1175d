// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/pipeline/policy_loader.h"

#include "common/base/hash.h"
#include "common/model/listing.h"
#include "common/model/policy.h"
#include "common/model/section.h"
#include "indexer/archive/archive_reader.h"
#include "indexer/catalog/catalog.h"
#include "indexer/runs/run_builder.h"
#include "indexer/split/splitter.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace smallprint {
namespace {

Policy identity_of(const CatalogPolicy& policy) {
    Policy identity;
    identity.vendor = policy.vendor;
    identity.vendor_source = policy.vendor_source;
    identity.terms_type = policy.terms_type;
    identity.key = policy.key;
    return identity;
}

const std::string& first_known(const std::string& first, const std::string& second) {
    return first.empty() ? second : first;
}

Snapshot snapshot_of(const ListedSnapshot& listed, const SourceText& source) {
    const std::string_view text = std::string_view(source.bytes).substr(source.begin);
    Snapshot snapshot;
    snapshot.captured = listed.facts.captured;
    snapshot.source_url = first_known(source.source_url, listed.facts.source_url);
    snapshot.archive_url = first_known(source.archive_url, listed.facts.archive_url);
    snapshot.place = listed.place;
    snapshot.text_hash = hash64(text);
    snapshot.reextracted = listed.facts.reextracted;
    return snapshot;
}

std::vector<Piece> split_source(Splitter& splitter, const SourceText& source) {
    std::vector<Piece> pieces =
        splitter.split_markdown(std::string_view(source.bytes).substr(source.begin));
    for (Piece& piece : pieces) {
        piece.source_begin += static_cast<std::uint32_t>(source.begin);
        piece.source_end += static_cast<std::uint32_t>(source.begin);
    }
    return pieces;
}

}  // namespace

LoadedPolicy load_policy(const CatalogPolicy& policy, std::span<const CatalogEntry> entries,
                         const Archives& archives) {
    LoadedPolicy loaded;
    RunBuilder builder(identity_of(policy));
    Splitter splitter;
    for (const CatalogEntry& entry : entries) {
        const ListedSnapshot& listed = entry.snapshot;
        const auto source = archives[entry.archive]->read(listed);
        if (!source) {
            loaded.skipped.push_back({listed.place, source.error().message});
            continue;
        }
        const std::vector<Piece> pieces = split_source(splitter, *source);
        if (pieces.empty()) {
            loaded.skipped.push_back({listed.place, "holds no text", SkipKind::empty});
            continue;
        }
        loaded.bytes += source->bytes.size();
        builder.add(snapshot_of(listed, *source), pieces);
    }
    loaded.history = builder.take();
    return loaded;
}

}  // namespace smallprint

// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/model/listing.h"
#include "common/model/policy.h"
#include "indexer/archive/archive_reader.h"
#include "indexer/catalog/catalog.h"

#include <memory>
#include <span>
#include <vector>

namespace smallprint {

using Archives = std::vector<std::unique_ptr<ArchiveReader>>;

struct LoadedPolicy {
    PolicyHistory history;  // without snapshots if none of them could be read
    std::vector<Skipped> skipped;
    std::uint64_t bytes = 0;
};

// Reads, splits and joins the snapshots of one policy. Texts that cannot be read, or hold no words,
// are skipped.
LoadedPolicy load_policy(const CatalogPolicy& policy, std::span<const CatalogEntry> entries,
                         const Archives& archives);

}  // namespace smallprint

// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "indexer/catalog/catalog.h"
#include "indexer/pipeline/policy_loader.h"

#include <string>
#include <vector>

namespace smallprint {

// The zstd dictionary for an archive, trained on the records of its newest snapshots, taken evenly
// over the catalog. Depends on the catalog alone, never on threads or time.
std::string make_dictionary(const std::vector<CatalogPolicy>& catalog, const Archives& archives);

}  // namespace smallprint

// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/engine/policy_filter.h"

#include "common/base/result.h"
#include "common/index_format/directory.h"
#include "searcher/engine/engine.h"
#include "searcher/engine/index.h"
#include "searcher/engine/vendors.h"

#include <cstddef>
#include <string>
#include <vector>

namespace smallprint {

Result<std::vector<bool>> policies_passing(const Filters& filters, Index& index) {
    const std::vector<DocumentId>& policies = index.directory().policies();
    std::vector<bool> passing(policies.size(), filters.vendors.empty());
    for (const std::string& vendor : filters.vendors) {
        TRY_ASSIGN(const std::vector<DocumentId> found, policies_of(vendor, index));
        for (const DocumentId document : found) {
            const auto at = std::ranges::lower_bound(policies, document);
            passing[static_cast<std::size_t>(at - policies.begin())] = true;
        }
    }
    return passing;
}

}  // namespace smallprint

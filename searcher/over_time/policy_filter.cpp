// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/over_time/policy_filter.h"

#include "common/base/result.h"
#include "common/fields/field_table.h"
#include "common/index_format/directory.h"
#include "searcher/index/index.h"
#include "searcher/index/vendors.h"
#include "searcher/request/filters.h"

#include <cstddef>
#include <string>
#include <vector>

namespace smallprint {
namespace {

// Those that have none of the values do not pass.
Result<void> drop_policies_without(Field field, const std::vector<std::string>& values,
                                   Index& index, std::vector<bool>& passing) {
    if (values.empty()) {
        return {};
    }
    const std::vector<DocumentId>& policies = index.directory().policies();
    std::vector<bool> having(policies.size(), false);
    for (const std::string& value : values) {
        TRY_ASSIGN(const std::vector<DocumentId> found, policies_with(field, value, index));
        for (const DocumentId document : found) {
            const auto at = std::ranges::lower_bound(policies, document);
            having[static_cast<std::size_t>(at - policies.begin())] = true;
        }
    }
    for (std::size_t i = 0; i < passing.size(); ++i) {
        passing[i] = passing[i] && having[i];
    }
    return {};
}

}  // namespace

Result<std::vector<bool>> policies_passing(const Filters& filters, Index& index) {
    std::vector<bool> passing(index.directory().policies().size(), true);
    for (const FilterRow& row : k_filters) {
        if (row_of(row.field).type == FieldType::exact) {
            TRY(drop_policies_without(row.field, values_of(row, filters), index, passing));
        }
    }
    return passing;
}

}  // namespace smallprint

// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/diff/diff_view.h"

#include "common/base/error.h"
#include "common/base/result.h"
#include "common/fields/field_table.h"
#include "common/index_format/directory.h"
#include "common/model/date.h"
#include "common/model/policy.h"
#include "searcher/diff/diff.h"
#include "searcher/index/clause_view.h"
#include "searcher/index/index.h"
#include "searcher/index/views.h"
#include "searcher/request/deadline.h"
#include "searcher/request/requests.h"

#include <fmt/format.h>

#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace smallprint {
namespace {

// The policies of that type, case aside; all of them without one.
Result<std::vector<DocumentId>> with_type(Index& index, const std::vector<DocumentId>& policies,
                                          const DiffRequest& request) {
    std::vector<DocumentId> chosen;
    std::set<std::string> types;
    for (const DocumentId document : policies) {
        TRY_ASSIGN(const PolicyPointer policy, index.policy(document));
        types.insert(policy->terms_type.empty() ? "(unknown)" : policy->terms_type);
        if (request.type.empty() ||
            folded_value(policy->terms_type) == folded_value(request.type)) {
            chosen.push_back(document);
        }
    }
    if (chosen.empty()) {
        return fail(
            ErrorCode::not_found,
            fmt::format("'{}' has no policy of the type '{}'", request.vendor_or_id, request.type),
            fmt::format("there is: {}", fmt::join(types, ", ")));
    }
    return chosen;
}

std::optional<Day> first_day(const Policy& policy) {
    for (const Snapshot& snapshot : policy.snapshots) {
        if (snapshot.captured) {
            return day_of(*snapshot.captured);
        }
    }
    return std::nullopt;
}

std::vector<Day> reextracted(const Policy& policy, std::size_t before, std::size_t after) {
    std::vector<Day> days;
    for (std::size_t i = before + 1; i <= after; ++i) {
        const Snapshot& snapshot = policy.snapshots[i];
        if (snapshot.reextracted && snapshot.captured) {
            days.push_back(day_of(*snapshot.captured));
        }
    }
    return days;
}

Failure none_so_early(const DiffResults& results) {
    std::optional<Day> first;
    for (const NotCompared& policy : results.not_compared) {
        first = !first || (policy.first && *policy.first < *first) ? policy.first : first;
    }
    return fail(ErrorCode::not_found,
                fmt::format("there is no snapshot of '{}' from {} or before",
                            results.not_compared.front().policy.vendor,
                            format_day(results.request.before)),
                first ? fmt::format("the first one is of {}", format_day(*first))
                      : "none of its snapshots has a date");
}

}  // namespace

Result<DiffResults> diff_policies(Index& index, std::vector<DocumentId> policies,
                                  const DiffRequest& request) {
    TRY_ASSIGN(policies, with_type(index, policies, request));
    DiffResults results{request, {}, {}};
    const Deadline deadline(request.time_limit);
    for (const DocumentId document : policies) {
        TRY(deadline.check());
        TRY_ASSIGN(const PolicyPointer policy, index.policy(document));
        const auto before = snapshot_at(*policy, request.before);
        const auto after = snapshot_at(*policy, request.after);
        if (!before || !after) {
            results.not_compared.push_back({policy_facts(*policy), first_day(*policy)});
            continue;
        }
        TRY_ASSIGN(const PolicyView old_view, view_policy(index, document, *before, 0));
        TRY_ASSIGN(const PolicyView new_view, view_policy(index, document, *after, 0));
        results.policies.push_back(compare_snapshots(old_view, new_view, request.context));
        results.policies.back().reextracted = reextracted(*policy, *before, *after);
    }
    if (results.policies.empty()) {
        return none_so_early(results);
    }
    return results;
}

}  // namespace smallprint

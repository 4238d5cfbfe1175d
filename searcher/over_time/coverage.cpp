// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/over_time/coverage.h"

#include "common/base/error.h"
#include "common/base/result.h"
#include "common/fields/field_table.h"
#include "common/index_format/directory.h"
#include "common/model/date.h"
#include "common/model/policy.h"
#include "searcher/index/index.h"
#include "searcher/index/lookup.h"
#include "searcher/request/period.h"
#include "searcher/request/requests.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace smallprint::over_time {
namespace {

void add_policy(const Policy& policy, Holdings& holdings) {
    ++holdings.policies;
    holdings.clauses += policy.clause_count;
    holdings.snapshots += policy.snapshots.size();
    for (const Snapshot& snapshot : policy.snapshots) {
        if (!snapshot.captured) {
            ++holdings.undated;
            continue;
        }
        const Day day = day_of(*snapshot.captured);
        holdings.first = std::min(holdings.first.value_or(day), day);
        holdings.last = std::max(holdings.last.value_or(day), day);
        ++holdings.half_years[half_year_of(day)];
    }
}

Result<std::vector<index_format::DocumentId>>
wanted_policies(index::Index& index, const request::CoverageRequest& request) {
    if (request.vendors.empty()) {
        return index.directory().policies();
    }
    std::vector<index_format::DocumentId> policies;
    for (const std::string& vendor : request.vendors) {
        TRY_ASSIGN(const std::vector<index_format::DocumentId> more,
                   index::policies_with(Field::vendor, vendor, index));
        policies.insert(policies.end(), more.begin(), more.end());
    }
    std::ranges::sort(policies);
    policies.erase(std::ranges::unique(policies).begin(), policies.end());
    return policies;
}

// Known values come before unknown ones: undated vendors are last by date.
bool comes_before(const VendorCoverage& one, const VendorCoverage& other,
                  request::CoverageOrder order) {
    if (order == request::CoverageOrder::snapshots && one.all.snapshots != other.all.snapshots) {
        return one.all.snapshots > other.all.snapshots;
    }
    const Day never = Day::max();
    if (order == request::CoverageOrder::first && one.all.first != other.all.first) {
        return one.all.first.value_or(never) < other.all.first.value_or(never);
    }
    if (one.vendor.empty() != other.vendor.empty()) {
        return other.vendor.empty();
    }
    return one.vendor < other.vendor;
}

}  // namespace

std::vector<Gap> find_gaps(const Holdings& holdings) {
    std::vector<Gap> gaps;
    std::optional<request::Period> before;
    for (const auto& [half_year, snapshots] : holdings.half_years) {
        if (before && half_year.since(*before) > 1) {
            gaps.push_back({before->plus(1), half_year.plus(-1)});
        }
        before = half_year;
    }
    return gaps;
}

std::optional<Gap> longest_gap(const Holdings& holdings) {
    std::optional<Gap> longest;
    for (const Gap& gap : find_gaps(holdings)) {
        if (!longest || gap.length() >= longest->length()) {
            longest = gap;
        }
    }
    return longest;
}

Result<Coverage> measure_coverage(index::Index& index, const request::CoverageRequest& request) {
    TRY_ASSIGN(const std::vector<index_format::DocumentId> policies,
               wanted_policies(index, request));
    const std::string type = folded_value(request.type);
    std::map<std::string, VendorCoverage> by_vendor;
    Coverage coverage;
    for (const index_format::DocumentId document : policies) {
        TRY_ASSIGN(const index::PolicyPointer policy, index.policy(document));
        if (!type.empty() && folded_value(policy->terms_type) != type) {
            continue;
        }
        VendorCoverage& vendor = by_vendor[policy->vendor];
        add_policy(*policy, vendor.all);
        add_policy(*policy, vendor.types[policy->terms_type]);
        add_policy(*policy, coverage.all);
    }
    if (by_vendor.empty() && !type.empty()) {
        return fail(ErrorCode::not_found,
                    fmt::format("there is no policy of the type '{}'", request.type),
                    "`smallprint info` lists the types");
    }
    for (auto& [name, vendor] : by_vendor) {
        vendor.vendor = name;
        if (!name.empty()) {
            ++coverage.known_vendors;
            for (const auto& [half_year, snapshots] : vendor.all.half_years) {
                ++coverage.observed[half_year];
            }
        }
        coverage.vendors.push_back(std::move(vendor));
    }
    std::ranges::sort(coverage.vendors,
                      [&](const VendorCoverage& one, const VendorCoverage& other) {
                          return comes_before(one, other, request.order);
                      });
    return coverage;
}

}  // namespace smallprint::over_time

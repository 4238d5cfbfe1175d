// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/engine/vendors.h"

#include "common/base/error.h"
#include "common/base/result.h"
#include "common/fields/field_table.h"
#include "common/index_format/directory.h"
#include "common/index_format/xapian_guard.h"
#include "common/text/edit_distance.h"
#include "searcher/engine/candidates.h"
#include "searcher/engine/index.h"

#include <fmt/format.h>
#include <xapian.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace smallprint {
namespace {

constexpr std::size_t k_most_suggestions = 3;
constexpr std::size_t k_longest_compared = 64;

std::string nearest_vendors(std::string_view wanted, const Index& index) {
    const std::string prefix(row_of(Field::vendor).prefix);
    const std::string_view cut = wanted.substr(0, k_longest_compared);
    std::vector<std::pair<std::size_t, std::string>> near;
    const Xapian::Database& postings = index.postings();
    for (auto at = postings.allterms_begin(prefix); at != postings.allterms_end(prefix); ++at) {
        const std::string vendor = (*at).substr(prefix.size());
        const bool contains = !cut.empty() && vendor.find(cut) != std::string::npos;
        const std::size_t distance = edit_distance(cut, vendor.substr(0, k_longest_compared));
        if (contains || distance <= cut.size() / 3 + 1) {
            near.emplace_back(contains ? 0 : distance, vendor);
        }
    }
    std::ranges::sort(near);
    near.resize(std::min(near.size(), k_most_suggestions));
    std::string names;
    for (const auto& [distance, vendor] : near) {
        names += (names.empty() ? "" : ", ") + vendor;
    }
    return names;
}

}  // namespace

Result<std::vector<DocumentId>> policies_of(std::string_view vendor, Index& index) {
    const std::string wanted = folded_value(vendor);
    TRY_ASSIGN(std::vector<DocumentId> policies,
               index.policies_with(make_term(Field::vendor, wanted)));
    if (policies.empty()) {
        TRY_ASSIGN(const std::string near,
                   guard_xapian([&] { return nearest_vendors(wanted, index); }));
        return fail(ErrorCode::not_found, fmt::format("the index has no vendor '{}'", vendor),
                    near.empty() ? "`smallprint info` lists the vendors"
                                 : fmt::format("did you mean: {}", near));
    }
    return policies;
}

Result<std::vector<DocumentRange>> documents_of(const std::vector<std::string>& vendors,
                                                Index& index) {
    std::vector<DocumentId> policies;
    for (const std::string& vendor : vendors) {
        TRY_ASSIGN(const std::vector<DocumentId> more, policies_of(vendor, index));
        policies.insert(policies.end(), more.begin(), more.end());
    }
    std::ranges::sort(policies);
    policies.erase(std::ranges::unique(policies).begin(), policies.end());
    std::vector<DocumentRange> ranges;
    ranges.reserve(policies.size());
    for (const DocumentId policy : policies) {
        ranges.push_back({policy, index.last_of(policy)});
    }
    return ranges;
}

}  // namespace smallprint

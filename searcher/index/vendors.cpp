// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/index/vendors.h"

#include "common/base/error.h"
#include "common/base/result.h"
#include "common/fields/field_table.h"
#include "common/index_format/directory.h"
#include "common/index_format/xapian_guard.h"
#include "common/text/edit_distance.h"
#include "searcher/index/index.h"

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
constexpr std::size_t k_most_compared = 50'000;  // values; the answer is a hint and must be quick

// Also from the name of a site without what follows: who writes "gogle" means google.com.
std::size_t slips_from(std::string_view wanted, std::string_view value) {
    return std::min(
        edit_distance(wanted, value.substr(0, k_longest_compared)),
        edit_distance(wanted, value.substr(0, std::min(value.find('.'), k_longest_compared))));
}

std::string nearest_values(Field field, std::string_view wanted, const Index& index) {
    const std::string prefix(row_of(field).prefix);
    const std::string_view cut = wanted.substr(0, k_longest_compared);
    std::vector<std::pair<std::size_t, std::string>> near;
    const Xapian::Database& postings = index.postings();
    std::size_t compared = 0;
    for (auto at = postings.allterms_begin(prefix);
         at != postings.allterms_end(prefix) && ++compared <= k_most_compared; ++at) {
        const std::string value = (*at).substr(prefix.size());
        const bool contains = !cut.empty() && value.find(cut) != std::string::npos;
        const std::size_t distance = slips_from(cut, value);
        if (!value.empty() && (contains || distance <= cut.size() / 3 + 1)) {
            near.emplace_back(contains ? 0 : distance, value);
        }
    }
    std::ranges::sort(near);
    near.resize(std::min(near.size(), k_most_suggestions));
    std::string names;
    for (const auto& [distance, value] : near) {
        names += (names.empty() ? "" : ", ") + value;
    }
    return names;
}

std::string none_with(Field field, std::string_view value) {
    switch (field) {
    case Field::vendor:
        return fmt::format("the index has no vendor '{}'", value);
    case Field::type:
        return fmt::format("the index has no policy of the type '{}'", value);
    case Field::host:
        return fmt::format("the index has no policy from the host '{}'", value);
    default:
        return fmt::format("the index has no policy in the language '{}'", value);
    }
}

}  // namespace

Result<std::vector<DocumentId>> policies_with(Field field, std::string_view value, Index& index) {
    const std::string wanted = folded_value(value);
    TRY_ASSIGN(std::vector<DocumentId> policies, index.policies_with(make_term(field, wanted)));
    if (policies.empty()) {
        TRY_ASSIGN(const std::string near,
                   guard_xapian([&] { return nearest_values(field, wanted, index); }));
        return fail(ErrorCode::not_found, none_with(field, value),
                    !near.empty()            ? fmt::format("did you mean: {}", near)
                    : field == Field::vendor ? "`smallprint info` lists the vendors"
                                             : "`smallprint info` lists the policies");
    }
    return policies;
}

Result<std::vector<DocumentId>> policies_of(std::string_view vendor, Index& index) {
    return policies_with(Field::vendor, vendor, index);
}

std::vector<DocumentRange> document_ranges(std::vector<DocumentId> policies, const Index& index) {
    std::ranges::sort(policies);
    policies.erase(std::ranges::unique(policies).begin(), policies.end());
    std::vector<DocumentRange> ranges;
    for (const DocumentId policy : policies) {
        const DocumentId last = index.last_of(policy);
        if (!ranges.empty() && ranges.back().last + 1 == policy) {
            ranges.back().last = last;
        } else {
            ranges.push_back({policy, last});
        }
    }
    return ranges;
}

}  // namespace smallprint

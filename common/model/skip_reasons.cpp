// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/model/skip_reasons.h"

#include "common/base/strings.h"
#include "common/model/listing.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

namespace smallprint {
namespace {

// True of what may well hold a policy in a form that we do not read.
bool is_document(std::string_view reason) {
    static constexpr std::array<std::string_view, 5> k_documents = {"pdf", "word", "rtf", "office",
                                                                    "opendocument"};
    const std::string lower = lower_ascii(reason);
    return std::ranges::any_of(
        k_documents, [&](std::string_view document) { return lower.find(document) != lower.npos; });
}

}  // namespace

int rank_of(SkipKind kind, std::string_view reason) {
    switch (kind) {
    case SkipKind::unreadable:
        return 0;
    case SkipKind::limit:
        return 1;
    case SkipKind::aside:
        return is_document(reason) ? 2 : 5;
    case SkipKind::empty:
        return 3;
    case SkipKind::duplicate:
        return 4;
    }
    return 0;
}

std::vector<SkipReason> sum_reasons(std::vector<SkipReason> reasons) {
    std::map<std::pair<SkipKind, std::string>, std::uint64_t> counts;
    for (SkipReason& each : reasons) {
        counts[{each.kind, std::move(each.reason)}] += each.count;
    }
    std::vector<SkipReason> sums;
    sums.reserve(counts.size());
    for (const auto& [name, count] : counts) {
        sums.push_back({name.first, name.second, count});
    }
    std::ranges::sort(sums, [](const SkipReason& a, const SkipReason& b) {
        return std::tuple(rank_of(a.kind, a.reason), b.count, std::string_view(a.reason)) <
               std::tuple(rank_of(b.kind, b.reason), a.count, std::string_view(b.reason));
    });
    return sums;
}

std::vector<SkipReason> count_by_reason(std::span<const Skipped> items) {
    std::vector<SkipReason> reasons;
    reasons.reserve(items.size());
    for (const Skipped& item : items) {
        reasons.push_back({item.kind, generalize_reason(item.reason), item.count});
    }
    return sum_reasons(std::move(reasons));
}

}  // namespace smallprint

// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/over_time/snapshot_days.h"

#include "common/base/result.h"
#include "common/fields/field_table.h"
#include "common/index_format/directory.h"
#include "common/model/date.h"
#include "common/model/policy.h"
#include "searcher/index/index.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <unordered_map>

namespace smallprint::over_time {

Result<SnapshotDays> SnapshotDays::build(index::Index& index) {
    SnapshotDays days;
    std::unordered_map<std::string, std::uint32_t> numbers;
    for (const index_format::DocumentId document : index.directory().policies()) {
        TRY_ASSIGN(const index::PolicyPointer policy, index.policy(document));
        std::uint32_t vendor = k_no_vendor;
        if (!policy->vendor.empty()) {
            const auto known = numbers.try_emplace(folded_value(policy->vendor),
                                                   static_cast<std::uint32_t>(numbers.size()));
            vendor = known.first->second;
        }
        std::uint32_t undated = 0;
        for (const Snapshot& snapshot : policy->snapshots) {
            if (snapshot.captured) {
                days.m_days.push_back(day_of(*snapshot.captured));
                days.m_languages.push_back(days.number_language(folded_value(snapshot.language)));
            } else {
                ++undated;
            }
        }
        days.m_vendors.push_back(vendor);
        days.m_undated.push_back(undated);
        days.m_starts.push_back(days.m_days.size());
    }
    days.m_vendor_count = static_cast<std::uint32_t>(numbers.size());
    return days;
}

SnapshotDays::OfPolicy SnapshotDays::of_policy(std::size_t number) const {
    const std::size_t start = m_starts[number];
    return {m_vendors[number], m_undated[number],
            std::span(m_days).subspan(start, m_starts[number + 1] - start),
            std::span(m_languages).subspan(start, m_starts[number + 1] - start)};
}

// There are few.
std::uint32_t SnapshotDays::number_language(const std::string& language) {
    const auto known = std::ranges::find(m_language_names, language);
    const auto number = static_cast<std::uint32_t>(known - m_language_names.begin());
    if (known == m_language_names.end()) {
        m_language_names.push_back(language);
    }
    return number;
}

}  // namespace smallprint::over_time

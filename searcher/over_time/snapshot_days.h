// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/result.h"
#include "common/model/date.h"
#include "searcher/index/index.h"

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <vector>

namespace smallprint::over_time {

// On which days the snapshots of each policy were taken, and whose they are: what counts over time
// ask of policies, read from the record of each once an index.
class SnapshotDays {
public:
    static constexpr std::uint32_t k_no_vendor = std::numeric_limits<std::uint32_t>::max();

    static Result<SnapshotDays> build(index::Index& index);

    struct OfPolicy {
        std::uint32_t vendor = k_no_vendor;  // numbered from 0; names in any case are one vendor
        std::uint32_t undated = 0;           // snapshots, which come before the others
        std::span<const Day> days;           // days of the dated snapshots, in order
        std::span<const std::uint32_t> languages;  // of these, by number
    };

    // Languages in lower case, numbered from 0; one may be empty, for unknown.
    const std::vector<std::string>& languages() const { return m_language_names; }

    // In the order of Directory::policies().
    std::size_t policies() const { return m_vendors.size(); }

    OfPolicy of_policy(std::size_t number) const;

    std::uint32_t vendors() const { return m_vendor_count; }

private:
    std::uint32_t number_language(const std::string& language);

    std::vector<std::uint32_t> m_vendors;  // by policy, as are
    std::vector<std::uint32_t> m_undated;
    std::vector<std::size_t> m_starts = {0};  // in m_days, with an end behind the last
    std::vector<Day> m_days;
    std::vector<std::uint32_t> m_languages;  // beside m_days
    std::vector<std::string> m_language_names;
    std::uint32_t m_vendor_count = 0;
};

}  // namespace smallprint::over_time

// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/result.h"
#include "common/model/date.h"
#include "searcher/request/period.h"
#include "searcher/request/requests.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace smallprint::index {
class Index;
}  // namespace smallprint::index

namespace smallprint::over_time {

// Coverage says what an archive holds of whom and when: snapshots by vendor and half-year, and the
// gaps between them.

inline request::Period half_year_of(Day day) {
    return request::Period::of(day, request::PeriodLength::half_year);
}

using HalfYearCounts = std::map<request::Period, std::uint64_t>;

// Half-years without a snapshot, both ends inside.
struct Gap {
    request::Period first;
    request::Period last;

    int length() const { return last.since(first) + 1; }
};

struct Holdings {
    std::uint64_t policies = 0;
    std::uint64_t snapshots = 0;
    std::uint64_t undated = 0;  // snapshots without a date
    std::uint64_t clauses = 0;  // distinct ones of each policy
    std::optional<Day> first;
    std::optional<Day> last;
    HalfYearCounts half_years;  // snapshots, where there is one
};

// Between the first snapshot and the last, in order of time.
std::vector<Gap> find_gaps(const Holdings& holdings);

// The longest, of equal ones the newest.
std::optional<Gap> longest_gap(const Holdings& holdings);

struct VendorCoverage {
    std::string vendor;  // empty for the policies whose vendor is not known
    Holdings all;
    std::map<std::string, Holdings> types;  // by terms type, empty if unknown
};

struct Coverage {
    std::vector<VendorCoverage> vendors;
    Holdings all;
    HalfYearCounts observed;  // known vendors with a snapshot, by half-year
    std::uint64_t known_vendors = 0;
};

// Reads the record of every policy once. ErrorCode::not_found if a vendor or the type is not there.
Result<Coverage> measure_coverage(index::Index& index, const request::CoverageRequest& request);

}  // namespace smallprint::over_time

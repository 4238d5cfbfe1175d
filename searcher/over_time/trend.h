// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/result.h"
#include "searcher/query/ast.h"
#include "searcher/request/deadline.h"
#include "searcher/request/period.h"
#include "searcher/request/requests.h"

#include <cstdint>
#include <string>
#include <vector>

namespace smallprint::index {
class Index;
}  // namespace smallprint::index

namespace smallprint::search {
class SynonymIndex;
}  // namespace smallprint::search

namespace smallprint::over_time {

class SnapshotDays;

// How many vendors say something, of how many that are observed, period by period.
//
// A snapshot is in force from its day to the day before the next snapshot of its policy, and on its
// own day at least. The last one is in force to the end of its own period and no longer: what a
// vendor says after it was crawled for the last time is not known. A vendor is observed in a period
// if one of its policies has a snapshot in force on some day of it, and matches if such a snapshot
// has a clause that matches; so whoever matches is observed. Where languages are asked for, only
// snapshots in these count. Snapshots without a date and policies
// whose vendor is not known count nowhere.

// From the first period with a vendor observed to the last.
struct TrendPeriod {
    request::Period period;
    std::uint64_t observed = 0;  // vendors
};

struct TrendSeries {
    std::string query;
    std::vector<std::uint64_t> matching;     // vendors, by period
    std::uint64_t vendors = 0;               // matching in some period
    std::uint64_t clauses = 0;               // matching, each copy of a text by itself
    std::vector<std::string> synonyms = {};  // words of the thesaurus that were counted as well
    std::vector<std::string> notes = {};     // tell the user how the query was read
};

struct Trend {
    std::vector<TrendPeriod> periods;
    std::vector<TrendSeries> series;  // in the order of the queries
    std::uint64_t vendors = 0;        // observed in some period
    std::uint64_t policies = 0;       // of these vendors
    std::uint64_t left_out = 0;       // policies without a known vendor or any date
};

// Reads few records: a clause that cannot add a vendor to a period is passed over.
Result<Trend> measure_trend(const request::TrendRequest& request,
                            const search::SynonymIndex& synonyms, const SnapshotDays& days,
                            index::Index& index);

}  // namespace smallprint::over_time

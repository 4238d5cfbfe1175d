// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/model/date.h"
#include "common/model/snapshot.h"
#include "searcher/index/clause_view.h"
#include "searcher/over_time/coverage.h"
#include "searcher/told/styled_text.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace smallprint::told {

// Single facts in the words that people read.

std::string thousands(std::uint64_t number);                      // 1,234,567
std::string counted(std::uint64_t number, std::string_view one);  // "1 clause", "2 clauses"
std::string megabytes(std::uint64_t bytes);                       // "12.3 MB"

std::string name_vendor(std::string_view vendor);  // "vendor unknown" if it is empty
std::string vendor_name(const index::PolicyFacts& policy);
StyledText policy_name(const index::PolicyFacts& policy);  // "brightloaf.example · Privacy Policy"
std::string
document_name(const index::PolicyFacts& policy);   // its type, "Policy" if that is not known
std::string language_name(std::string_view code);  // "English"; the code if it is rare
std::string day_or_unknown(std::optional<Day> day);

// "2014-03-02 – 2016-12-08", a single day once, "date unknown".
std::string date_span(std::optional<Day> first, std::optional<Day> last);

// "2011-03-08 (1)," "2016-09-26 – 2019-07-14 (2)": dates, and in brackets snapshots. At most
// `most`, the last ones; how many are left out stands before them.
std::vector<std::string> run_list(const std::vector<index::RunDates>& runs, std::size_t most);

// "2014-03-02 10:15 UTC", the day alone where nothing more is known.
std::string capture_text(CaptureTime time);

// "2014-03-02 10:15 UTC · snapshot 5 of 6".
std::string snapshot_text(std::optional<CaptureTime> captured, std::size_t number,
                          std::size_t snapshots);

// "2014-03-02 – 2016-12-08 · 2 of 6 snapshots · in the newest"; without "of 6" if that is 0.
std::string standing_text(const index::ClauseView& clause, std::size_t policy_snapshots = 0);

// The newest snapshot has the clause, which is not to say that it stands today.
inline constexpr std::string_view k_in_newest = "in the newest";

inline constexpr std::string_view k_boilerplate_note =
    "boilerplate: navigation or footer, found with in:boilerplate and not compared";

// "2 vendors, 3 policies, 7 snapshots, 1,234 clauses".
std::string holdings_text(std::uint64_t vendors, const over_time::Holdings& held);

// A fact of an index; where it lies and what it was made of are not among them.
struct IndexFact {
    std::string_view name;
    std::string value;
};

std::vector<IndexFact> index_facts(const index::IndexOverview& overview);

// The place where a snapshot can be seen: in an archive, else where it came from, else where it was
// read.
template <typename Captured> const std::string& place_seen(const Captured& captured) {
    return !captured.archive_url.empty()  ? captured.archive_url
           : !captured.source_url.empty() ? captured.source_url
                                          : captured.place;
}

}  // namespace smallprint::told

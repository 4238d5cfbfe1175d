// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/model/date.h"
#include "searcher/diff/diff.h"
#include "searcher/index/clause_view.h"
#include "searcher/over_time/coverage.h"
#include "searcher/over_time/history.h"
#include "searcher/over_time/trend.h"
#include "searcher/search/results.h"

#include <string>
#include <string_view>
#include <vector>

namespace smallprint {

// Answers of an engine, made by hand, for tests of what is shown of them.

Day day(std::string_view text);  // "2014-03-02"

// Two of brightloaf.example's clauses about selling data, the second one still present.
search::SearchResults sample_results();

// A title, two sections with three clauses, of which the second is focused, and a footer.
index::PolicyView sample_policy();

index::IndexOverview sample_overview();

// Every kind of change to a clause and a section, between two snapshots of brightloaf.example.
diff::DiffResults sample_diff();

// A policy in seven snapshots: clauses that come, are reworded, go and come back, one without a
// date.
over_time::PolicyTimeline sample_timeline();
over_time::History sample_timelines();  // with that one alone

// The second clause of sample_results(), which came, went, came back and was reworded.
over_time::History sample_life();

// Snapshots of these days, one policy; undated where the day is empty.
over_time::VendorCoverage sample_vendor(std::string name,
                                        const std::vector<std::string_view>& days);
over_time::Coverage coverage_of_vendors(std::vector<over_time::VendorCoverage> vendors);
over_time::Coverage sample_coverage();  // of two vendors, one of them unknown

// Two queries over three half-years, in one of which nobody is observed.
over_time::Trend sample_trend();

search::Facets sample_facets();

// What an archive may hold to take over a terminal, and more that is not text.
inline constexpr std::string_view k_hostile = "\x1b]0;owned\x07\x1b[2J\r\x08\x7f\xc2\x9b"
                                              "31m\xe2\x80\xae\xff\xfe\nline";

// The same results with hostile text in every field that comes from an archive or a user.
search::SearchResults hostile_results();
index::PolicyView hostile_policy();
index::IndexOverview hostile_overview();
diff::DiffResults hostile_diff();

// Whether text holds a control character besides the newline, or anything else terminal_safe()
// would have changed.
bool is_harmless(std::string_view text);

}  // namespace smallprint

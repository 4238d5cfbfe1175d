// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/error.h"
#include "searcher/diff/diff.h"
#include "searcher/index/clause_view.h"
#include "searcher/over_time/coverage.h"
#include "searcher/over_time/history.h"
#include "searcher/over_time/trend.h"
#include "searcher/request/requests.h"
#include "searcher/search/results.h"
#include "searcher/terminal/page.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace smallprint::terminal {

// The answers as text for people to read: whole pages, safe to print to a terminal.

enum class Detail : std::uint8_t {
    brief,   // the answer alone
    normal,  // with a head line
    full,    // with everything that is known
};

std::string search_text(const search::SearchResults& results, const request::SearchRequest& request,
                        Layout layout, Detail detail);

inline constexpr std::size_t k_whole_policy = SIZE_MAX;

// A policy's text. With a clause its facts stand first, and the text is what stands around it: so
// many clauses to each side, under their headings.
struct PolicyPage {
    const index::PolicyView& view;
    const index::ClauseView* clause = nullptr;
    std::size_t context = k_whole_policy;
};

std::string policy_text(const PolicyPage& page, Layout layout, Detail detail);

std::string check_text(const index::CheckReport& report, Layout layout, Detail detail);

std::string info_text(const index::IndexOverview& overview, Layout layout, Detail detail);

// Says what went wrong and what to do; with the query and a caret where the error has a position.
std::string error_text(const Error& error, std::string_view query);

// Says what changed between two snapshots: on a terminal in colours, else with [-removed-]
// and {+added+} words. Whole clauses have a sign beside every line: + - ~ reworded, > < moved.
std::string diff_text(const diff::DiffResults& results, Layout layout, Detail detail);

std::string history_text(const over_time::History& history, const request::HistoryRequest& request,
                         Layout layout, Detail detail);

// A line for each query with its course, then a table of the periods.
std::string trend_text(const over_time::Trend& trend, const request::TrendRequest& request,
                       Layout layout, Detail detail);

// Each vendor with a strip of half-years, as fine as the width allows; then the half-years.
std::string vendors_text(const over_time::Coverage& coverage, Layout layout, Detail detail);

}  // namespace smallprint::terminal

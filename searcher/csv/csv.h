// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "searcher/over_time/coverage.h"
#include "searcher/over_time/trend.h"
#include "searcher/search/results.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace smallprint::csv {

// A record of RFC 4180, ended by CR LF. A field is quoted where it has to be. It comes out as UTF-8
// that is safe for terminals: whatever would control one is a visible escape.
std::string csv_line(const std::vector<std::string>& fields);

// Clauses for other programs, a line each. See json.h for the JSON of one.

enum class QueryIds {
    none,
    first_column,
};

// The names of the columns. Safe to print to a terminal, as the lines are.
std::string export_csv_head();
std::string export_csv_line(const search::Hit& hit);

// For a search the columns `rank` and `score` stand before the same ones, and the id of the query
// before these where several are answered.
std::string search_csv_head(QueryIds ids);
std::string search_csv_lines(const search::SearchResults& results,
                             std::optional<std::string_view> query_id = {});

// The hits of one query as lines of a TREC run: `qid Q0 id rank score smallprint`. Tools read the
// order from the scores, so each is at least a millionth below the one before.
std::string trec_lines(const search::SearchResults& results, std::string_view query_id);

// True if an id can stand in such a line, whose columns are parted by blanks.
bool is_trec_id(std::string_view query_id);

// period, from, to, query, matching, observed, share: a row for each query and period, the share
// from 0 to 1 and empty where nobody is observed. Safe to print to a terminal.
std::string trend_csv(const over_time::Trend& trend);

// vendor, type, half_year, snapshots: one row for each with snapshots, the half-year empty for
// those without a date. Safe to print to a terminal.
std::string vendors_csv(const over_time::Coverage& coverage);

}  // namespace smallprint::csv

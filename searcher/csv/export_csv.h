// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "searcher/search/results.h"

#include <optional>
#include <string>
#include <string_view>

namespace smallprint {

// Clauses for other programs, a line each. See json.h for the JSON of one.

enum class QueryIds {
    none,
    first_column,
};

// The names of the columns. Safe to print to a terminal, as the lines are.
std::string export_csv_head();
std::string export_csv_line(const Hit& hit);

// Of a search: the columns `rank` and `score` stand before the same ones, and the id of the query
// before these where several are answered.
std::string search_csv_head(QueryIds ids);
std::string search_csv_lines(const SearchResults& results,
                             std::optional<std::string_view> query_id = {});

}  // namespace smallprint

// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/result.h"
#include "common/model/date.h"
#include "searcher/cli/option_table.h"
#include "searcher/cli/option_values.h"
#include "searcher/query/parser.h"
#include "searcher/request/requests.h"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace smallprint {

// The words of a command line after the name of the command.
using Arguments = std::vector<std::string>;

struct SearchOptions {
    CommonOptions common;
    std::string query;
    QuerySyntax syntax = QuerySyntax::full;
    SearchRequest request;  // without the query
    std::string queries;    // a file of them instead of the one; empty if there is none
    bool strict = false;    // the first mistake in it ends the run
};

struct ShowOptions {
    CommonOptions common;
    std::string target;  // id or vendor
    std::optional<Day> at;
    std::size_t context = 2;
    bool full = false;
};

struct HistoryOptions {
    CommonOptions common;
    HistoryRequest request;
};

struct DiffOptions {
    CommonOptions common;
    DiffRequest request;
};

struct VendorsOptions {
    CommonOptions common;
    CoverageRequest request;
};

struct TrendOptions {
    CommonOptions common;
    std::vector<std::string> queries;
    QuerySyntax syntax = QuerySyntax::full;
    TrendRequest request;  // without the queries
};

struct ExportOptions {
    CommonOptions common;  // the format is jsonl or csv
    std::string query;     // empty for everything
    QuerySyntax syntax = QuerySyntax::full;
    SearchRequest request;  // without the query
};

// Of a command that takes no argument.
struct BareOptions {
    CommonOptions common;
};

// A mistake is ErrorCode::usage and names the option.
Result<SearchOptions> parse_search_options(const Arguments& arguments);
Result<ShowOptions> parse_show_options(const Arguments& arguments);
Result<HistoryOptions> parse_history_options(const Arguments& arguments);
Result<DiffOptions> parse_diff_options(const Arguments& arguments);
Result<VendorsOptions> parse_vendors_options(const Arguments& arguments);
Result<TrendOptions> parse_trend_options(const Arguments& arguments);
Result<ExportOptions> parse_export_options(const Arguments& arguments);
Result<BareOptions> parse_bare_options(Command command, const Arguments& arguments);

// Whether JSON is asked for (or jsonl), told even from a command line that has mistakes.
OutputFormat wanted_format(const Arguments& arguments);

}  // namespace smallprint

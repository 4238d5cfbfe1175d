// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/over_time/trend.h"

#include "common/base/error.h"
#include "common/base/result.h"
#include "common/base/strings.h"
#include "common/cli/options.h"
#include "searcher/cli/commands.h"
#include "searcher/cli/options.h"
#include "searcher/cli/runner.h"
#include "searcher/csv/csv.h"
#include "searcher/engine/engine.h"
#include "searcher/json/json.h"
#include "searcher/query/ast.h"
#include "searcher/query/parser.h"
#include "searcher/request/requests.h"
#include "searcher/terminal/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>

namespace smallprint::cli {
namespace {

using TrendView = View<TrendOptions, over_time::Trend>;

constexpr std::array k_views = {
    TrendView{request::OutputFormat::text,
              [](auto& trend, auto& options) {
                  return terminal::trend_text(trend, options.request, options.layout,
                                              options.detail);
              }},
    TrendView{request::OutputFormat::json,
              [](auto& trend, auto& options) { return json::trend_json(trend, options.request); }},
    TrendView{request::OutputFormat::csv, [](auto& trend, auto&) { return csv::trend_csv(trend); }},
};

bool has_matches(const over_time::Trend& trend) {
    return std::ranges::any_of(
        trend.series, [](const over_time::TrendSeries& series) { return series.vendors > 0; });
}

Result<int> run_trend(TrendOptions& options) {
    for (const std::string& text : options.queries) {
        options.query = text;
        TRY_ASSIGN(query::Query query, query::parse_query(text, options.syntax));
        options.request.queries.push_back(std::move(query));
    }
    options.query = options.queries.front();
    TRY_ASSIGN(engine::Engine engine, open_engine(options));
    TRY_ASSIGN(const over_time::Trend trend, engine.trend(options.request));
    TRY(print_view(k_views, trend, options));
    return has_matches(trend) ? k_found : k_nothing_found;
}

}  // namespace

OptionRows TrendOptions::rows() {
    return concat({
        filter_rows(request.filters, Asked::trend),
        query_rows(*this, syntax, request.synonyms),
        {
            {"by", 0, "LENGTH", "of periods: year, half-year (default), quarter or month",
             set_named(request.by)},
            {"captured", 0, "",
             "a snapshot counts in the period it was taken in, not until the next one",
             set_to(request.observation, request::Observation::captured)},
        },
        common_rows(*this, format_row(format, formats_of(k_views))),
    });
}

Result<void> TrendOptions::accept(const Arguments& words, std::string_view /*command*/) {
    TRY(check_dates(request.filters.from, request.filters.to,
                    "the days from the one to the other are looked at"));
    const std::string hint = "each argument is a query: smallprint trend QUERY...";
    if (words.empty()) {
        return fail(ErrorCode::usage, "nothing to look for", hint);
    }
    if (!std::ranges::all_of(words, [](const std::string& word) { return !is_blank(word); })) {
        return fail(ErrorCode::usage, "one of the queries is empty", hint);
    }
    if (words.size() > request::k_most_trend_queries) {
        return fail(ErrorCode::limit,
                    fmt::format("{} queries are over the limit of {}", words.size(),
                                request::k_most_trend_queries),
                    "each argument is a query; put one of several words in quotes");
    }
    queries = words;
    return {};
}

const Command k_trend_command = {
    .name = "trend",
    .arguments = "[OPTION]... QUERY...",
    .summary = "how many vendors say something, over time",
    .about = "Tells for each period how many vendors have a clause that matches, of how many\n"
             "that are observed: those with a snapshot in force, which it is until the next\n"
             "one, the last one to the end of its period. Each argument is a query of its own,\n"
             "and up to 12 stand side by side. Words of a query may stand apart in a clause:\n"
             "a phrase needs quotes that reach smallprint. --vendor narrows who is observed.\n",
    .examples = "  smallprint trend '\"safe harbor\"' '\"privacy shield\"'\n"
                "  smallprint trend 'sell w/5 \"personal data\"' --by year --from 2010\n"
                "  smallprint trend location --format csv > location.csv\n",
    .run = run_command<TrendOptions, run_trend>,
};

}  // namespace smallprint::cli

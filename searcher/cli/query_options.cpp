// SPDX-License-Identifier: GPL-2.0-or-later
// The command lines of the commands that are about all matches of a query.
#include "common/base/error.h"
#include "common/base/result.h"
#include "common/base/strings.h"
#include "common/index_format/generation.h"
#include "searcher/cli/command_line.h"
#include "searcher/cli/option_table.h"
#include "searcher/cli/option_values.h"
#include "searcher/cli/options.h"
#include "searcher/query/ast.h"
#include "searcher/request/period.h"
#include "searcher/request/requests.h"

#include <fmt/format.h>

#include <string>
#include <vector>

namespace smallprint {
namespace {

Result<void> take_trend(const GivenOption& option, TrendOptions& options) {
    TrendRequest& request = options.request;
    if (option.flag == Flag::by) {
        TRY_ASSIGN(request.by, choice_of<PeriodLength>(option));
    } else if (option.flag == Flag::captured) {
        request.observation = Observation::captured;
    } else if (option.flag == Flag::no_synonyms) {
        request.synonyms = Synonyms::off;
    } else if (option.flag == Flag::plain) {
        options.syntax = QuerySyntax::plain;
    } else if (option.flag == Flag::format) {
        TRY_ASSIGN(options.common.format, format_of(option, k_table_formats));
        return {};
    } else {
        TRY(take_filter(option, request.filters));
    }
    return take_common(option, options.common);
}

Result<void> check_queries(const std::vector<std::string>& queries) {
    const std::string hint = "each argument is a query: smallprint trend QUERY...";
    if (queries.empty()) {
        return fail(ErrorCode::usage, "nothing to look for", hint);
    }
    for (const std::string& query : queries) {
        if (is_blank(query, " \t\n")) {
            return fail(ErrorCode::usage, "one of the queries is empty", hint);
        }
    }
    if (queries.size() > k_most_trend_queries) {
        return fail(ErrorCode::limit,
                    fmt::format("{} queries are over the limit of {}", queries.size(),
                                k_most_trend_queries),
                    "each argument is a query; put one of several words in quotes");
    }
    return {};
}

Result<void> take_export(const GivenOption& option, ExportOptions& options) {
    if (option.flag == Flag::no_synonyms) {
        options.request.synonyms = Synonyms::off;
    } else if (option.flag == Flag::plain) {
        options.syntax = QuerySyntax::plain;
    } else if (option.flag == Flag::format) {
        TRY_ASSIGN(options.common.format, format_of(option, k_export_formats));
        return {};
    } else {
        TRY(take_filter(option, options.request.filters));
    }
    return take_common(option, options.common);
}

}  // namespace

Result<TrendOptions> parse_trend_options(const Arguments& arguments) {
    TRY_ASSIGN(const CommandLine line, split_command_line(Command::trend, arguments));
    TrendOptions options;
    options.common.index = default_index_folder();
    for (const GivenOption& option : line.options) {
        TRY(take_trend(option, options));
    }
    if (asks_for_itself(options.common)) {
        return options;
    }
    TRY(check_dates(options.request.filters.from, options.request.filters.to,
                    "the days from the one to the other are looked at"));
    TRY(check_queries(line.words));
    options.queries = line.words;
    return options;
}

Result<ExportOptions> parse_export_options(const Arguments& arguments) {
    TRY_ASSIGN(const CommandLine line, split_command_line(Command::exports, arguments));
    ExportOptions options;
    options.common.index = default_index_folder();
    options.common.format = OutputFormat::jsonl;
    options.request.copies = Copies::show_all;
    options.request.context = 0;
    options.request.time_limit.reset();
    for (const GivenOption& option : line.options) {
        TRY(take_export(option, options));
    }
    if (asks_for_itself(options.common)) {
        return options;
    }
    TRY(check_dates(options.request.filters.from, options.request.filters.to,
                    "a clause has to stand at some day from the one to the other"));
    options.query = joined(line.words);
    if (!line.words.empty() && is_blank(options.query, " \t\n")) {
        return fail(ErrorCode::usage, "the query is empty",
                    "name some words, or none at all for everything");
    }
    return options;
}

}  // namespace smallprint

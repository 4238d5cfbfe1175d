// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/cli/options.h"

#include "common/base/error.h"
#include "common/base/result.h"
#include "common/base/strings.h"
#include "common/index_format/generation.h"
#include "common/model/date.h"
#include "searcher/cli/command_line.h"
#include "searcher/cli/option_table.h"
#include "searcher/cli/option_values.h"
#include "searcher/query/ast.h"
#include "searcher/request/requests.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace smallprint {
namespace {

constexpr std::size_t k_most_offset = 1'000'000'000;
constexpr std::array k_search_formats = {OutputFormat::text, OutputFormat::json,
                                         OutputFormat::jsonl, OutputFormat::csv,
                                         OutputFormat::trec};

// Which results are shown, and in which order.
Result<void> take_page(const GivenOption& option, SearchRequest& request) {
    if (option.flag == Flag::count) {
        TRY_ASSIGN(request.count, number_of(option, {1, k_most_results}));
    } else if (option.flag == Flag::offset) {
        TRY_ASSIGN(request.offset, number_of(option, {0, k_most_offset}));
    } else if (option.flag == Flag::cursor) {
        TRY_ASSIGN(request.cursor, text_of(option));
    } else if (option.flag == Flag::context) {
        TRY_ASSIGN(request.context, number_of(option, {0, k_most_context}));
    } else if (option.flag == Flag::per_vendor) {
        TRY_ASSIGN(request.per_vendor, number_of(option, {1, k_most_results}));
    } else if (option.flag == Flag::sort) {
        TRY_ASSIGN(request.sort, choice_of<Sort>(option));
    } else if (option.flag == Flag::all_copies) {
        request.copies = Copies::show_all;
    } else if (option.flag == Flag::facets) {
        request.facets = FacetCounts::counted;
    } else if (option.flag == Flag::no_synonyms) {
        request.synonyms = Synonyms::off;
    } else if (option.flag == Flag::explain) {
        request.explain = Explain::yes;
    } else {
        return take_filter(option, request.filters);
    }
    return {};
}

Result<void> take_search(const GivenOption& option, SearchOptions& options) {
    if (option.flag == Flag::plain) {
        options.syntax = QuerySyntax::plain;
    } else if (option.flag == Flag::queries) {
        TRY_ASSIGN(options.queries, text_of(option));
    } else if (option.flag == Flag::strict) {
        options.strict = true;
    } else if (option.flag == Flag::format) {
        TRY_ASSIGN(options.common.format, format_of(option, k_search_formats));
        return {};
    } else {
        TRY(take_page(option, options.request));
    }
    return take_common(option, options.common);
}

Result<void> take_show(const GivenOption& option, ShowOptions& options) {
    if (option.flag == Flag::at) {
        TRY_ASSIGN(const DaySpan span, dates_of(option));
        options.at = span.last;
    } else if (option.flag == Flag::context) {
        TRY_ASSIGN(options.context, number_of(option, {0, k_most_context}));
    } else if (option.flag == Flag::full) {
        options.full = true;
    }
    return take_common(option, options.common);
}

Result<void> take_history(const GivenOption& option, HistoryOptions& options) {
    if (option.flag == Flag::from) {
        TRY_ASSIGN(const DaySpan span, dates_of(option));
        options.request.from = span.first;
    } else if (option.flag == Flag::to) {
        TRY_ASSIGN(const DaySpan span, dates_of(option));
        options.request.to = span.last;
    } else if (option.flag == Flag::type) {
        TRY_ASSIGN(options.request.type, text_of(option));
    }
    return take_common(option, options.common);
}

Result<void> take_vendors(const GivenOption& option, VendorsOptions& options) {
    if (option.flag == Flag::vendor) {
        TRY_ASSIGN(std::string vendor, text_of(option));
        options.request.vendors.push_back(std::move(vendor));
    } else if (option.flag == Flag::type) {
        TRY_ASSIGN(options.request.type, text_of(option));
    } else if (option.flag == Flag::sort) {
        TRY_ASSIGN(options.request.order, choice_of<CoverageOrder>(option));
    } else if (option.flag == Flag::format) {
        TRY_ASSIGN(options.common.format, format_of(option, k_table_formats));
        return {};
    }
    return take_common(option, options.common);
}

Result<void> take_diff(const GivenOption& option, DiffOptions& options) {
    if (option.flag == Flag::type) {
        TRY_ASSIGN(options.request.type, text_of(option));
    } else if (option.flag == Flag::context) {
        TRY_ASSIGN(options.request.context, number_of(option, {0, k_most_context}));
    }
    return take_common(option, options.common);
}

// VENDOR DATE DATE.
Result<void> take_diff_words(const std::vector<std::string>& words, DiffRequest& request) {
    constexpr std::size_t wanted = 3;
    const std::string hint = "smallprint diff VENDOR DATE DATE";
    if (words.size() < wanted || words.front().empty()) {
        return fail(ErrorCode::usage,
                    words.empty() ? "nothing to compare" : "diff needs a vendor and two dates",
                    hint);
    }
    if (words.size() > wanted) {
        return fail(ErrorCode::usage, fmt::format("'{}' is one too many", words[wanted]),
                    hint + "; put a VENDOR that has blanks in quotes");
    }
    TRY_ASSIGN(const DaySpan before, dates_of({Flag::at, "DATE", words[1]}));
    TRY_ASSIGN(const DaySpan after, dates_of({Flag::at, "DATE", words[2]}));
    if (before.last > after.last) {
        return fail(
            ErrorCode::usage,
            fmt::format("{} is later than {}", format_day(before.last), format_day(after.last)),
            "name the earlier date first; a year or month stands for its last day");
    }
    request.vendor_or_id = words.front();
    request.before = before.last;
    request.after = after.last;
    return {};
}

// Whether an answer is one text, and not a line for each result.
bool is_whole(OutputFormat format) {
    return format == OutputFormat::text || format == OutputFormat::json;
}

// A file of queries takes the place of a query, and is answered line by line.
Result<void> check_batch(const CommandLine& line, SearchOptions& options) {
    if (!line.words.empty()) {
        return fail(ErrorCode::usage,
                    fmt::format("'{}' is a query beside those of --queries", line.words.front()),
                    "give either words or a file of queries");
    }
    const bool names_format = std::ranges::any_of(
        line.options, [](const GivenOption& option) { return option.flag == Flag::format; });
    OutputFormat& format = options.common.format;
    format = names_format ? format : OutputFormat::jsonl;
    if (is_whole(format)) {
        return fail(ErrorCode::usage, "--queries gives jsonl, csv or trec",
                    "leave --format out, or say --format jsonl");
    }
    if (!options.request.cursor.empty()) {
        return fail(ErrorCode::usage, "--cursor goes on with one query, and --queries has several",
                    "say --offset, or ask the query by itself");
    }
    return {};
}

// What is said of an answer as a whole has no place in a line for each result.
Result<void> check_whole(const SearchOptions& options) {
    if (is_whole(options.common.format)) {
        return {};
    }
    const bool facets = options.request.facets == FacetCounts::counted;
    if (!facets && options.request.explain == Explain::no) {
        return {};
    }
    return fail(ErrorCode::usage,
                fmt::format("{} needs an answer as text or json, and this is one a line for each "
                            "result",
                            facets ? "--facets" : "--explain"),
                options.queries.empty() ? "leave --format out, or say --format json"
                                        : "ask the query by itself, with --format json");
}

// The one ID or VENDOR that a command is about.
Result<std::string> target_of(const CommandLine& line, Command command) {
    const std::string_view name = row_of(command).name;
    if (line.words.empty() || line.words.front().empty()) {
        return fail(
            ErrorCode::usage,
            fmt::format("nothing to {}", command == Command::show ? "show" : "tell the history of"),
            fmt::format("name a clause or a vendor: smallprint {} ID|VENDOR", name));
    }
    if (line.words.size() > 1) {
        return fail(
            ErrorCode::usage, fmt::format("'{}' is one too many", line.words[1]),
            fmt::format("{} takes one ID or VENDOR; put one that has blanks in quotes", name));
    }
    return line.words.front();
}

Result<void> expect_no_argument(const CommandLine& line, Command command) {
    if (line.words.empty()) {
        return {};
    }
    const std::string_view name = row_of(command).name;
    return fail(ErrorCode::usage,
                fmt::format("{} takes no argument such as '{}'", name, line.words.front()),
                fmt::format("see `smallprint {} --help`", name));
}

}  // namespace

Result<SearchOptions> parse_search_options(const Arguments& arguments) {
    TRY_ASSIGN(const CommandLine line, split_command_line(Command::search, arguments));
    SearchOptions options;
    options.common.index = default_index_folder();
    for (const GivenOption& option : line.options) {
        TRY(take_search(option, options));
    }
    if (asks_for_itself(options.common)) {
        return options;
    }
    TRY(check_dates(options.request.filters.from, options.request.filters.to,
                    "a clause has to stand at some day from the one to the other"));
    options.query = joined(line.words);
    if (!options.queries.empty()) {
        TRY(check_batch(line, options));
    }
    TRY(check_whole(options));
    if (!options.queries.empty()) {
        return options;
    }
    const bool has_query = !is_blank(options.query, " \t\n");
    if (!has_query && is_empty(options.request.filters)) {
        return fail(ErrorCode::usage, "nothing to search for",
                    "name some words: smallprint search QUERY...");
    }
    if (!options.request.cursor.empty() && options.request.offset > 0) {
        return fail(ErrorCode::usage, "--cursor and --offset both say where to begin",
                    "give one of them");
    }
    return options;
}

Result<ShowOptions> parse_show_options(const Arguments& arguments) {
    TRY_ASSIGN(const CommandLine line, split_command_line(Command::show, arguments));
    ShowOptions options;
    options.common.index = default_index_folder();
    for (const GivenOption& option : line.options) {
        TRY(take_show(option, options));
    }
    if (asks_for_itself(options.common)) {
        return options;
    }
    TRY_ASSIGN(options.target, target_of(line, Command::show));
    return options;
}

Result<HistoryOptions> parse_history_options(const Arguments& arguments) {
    TRY_ASSIGN(const CommandLine line, split_command_line(Command::history, arguments));
    HistoryOptions options;
    options.common.index = default_index_folder();
    for (const GivenOption& option : line.options) {
        TRY(take_history(option, options));
    }
    if (asks_for_itself(options.common)) {
        return options;
    }
    TRY(check_dates(options.request.from, options.request.to,
                    "a snapshot has to be of some day from the one to the other"));
    TRY_ASSIGN(options.request.target, target_of(line, Command::history));
    return options;
}

Result<VendorsOptions> parse_vendors_options(const Arguments& arguments) {
    TRY_ASSIGN(const CommandLine line, split_command_line(Command::vendors, arguments));
    VendorsOptions options;
    options.common.index = default_index_folder();
    for (const GivenOption& option : line.options) {
        TRY(take_vendors(option, options));
    }
    if (!asks_for_itself(options.common)) {
        TRY(expect_no_argument(line, Command::vendors));
    }
    return options;
}

Result<DiffOptions> parse_diff_options(const Arguments& arguments) {
    TRY_ASSIGN(const CommandLine line, split_command_line(Command::diff, arguments));
    DiffOptions options;
    options.common.index = default_index_folder();
    for (const GivenOption& option : line.options) {
        TRY(take_diff(option, options));
    }
    if (!asks_for_itself(options.common)) {
        TRY(take_diff_words(line.words, options.request));
    }
    return options;
}

Result<BareOptions> parse_bare_options(Command command, const Arguments& arguments) {
    TRY_ASSIGN(const CommandLine line, split_command_line(command, arguments));
    BareOptions options;
    options.common.index = default_index_folder();
    for (const GivenOption& option : line.options) {
        TRY(take_common(option, options.common));
    }
    if (!asks_for_itself(options.common)) {
        TRY(expect_no_argument(line, command));
    }
    return options;
}

OutputFormat wanted_format(const Arguments& arguments) {
    for (std::size_t i = 0; i < arguments.size() && arguments[i] != "--"; ++i) {
        const bool apart = arguments[i] == "--format" && i + 1 < arguments.size() &&
                           arguments[i + 1].starts_with("json");
        if (apart || arguments[i].starts_with("--format=json")) {
            return OutputFormat::json;
        }
    }
    return OutputFormat::text;
}

}  // namespace smallprint

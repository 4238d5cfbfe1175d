// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/options.h"

#include "common/base/error.h"
#include "common/base/result.h"
#include "common/index_format/generation.h"
#include "common/model/date.h"
#include "searcher/command_line.h"
#include "searcher/engine/coverage.h"
#include "searcher/engine/diff.h"
#include "searcher/engine/engine.h"
#include "searcher/engine/history.h"
#include "searcher/option_table.h"
#include "searcher/present/terminal.h"
#include "searcher/present/text.h"
#include "searcher/query/parser.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

namespace smallprint {
namespace {

constexpr std::size_t k_most_offset = 1'000'000'000;

Failure wrong_value(const GivenOption& option, const std::string& wanted) {
    return fail(ErrorCode::usage,
                fmt::format("{} wants {}, not '{}'", option.name, wanted, option.value));
}

struct Bounds {
    std::size_t least;
    std::size_t most;
};

Result<std::size_t> number_of(const GivenOption& option, Bounds bounds) {
    std::size_t number = 0;
    const char* end = option.value.data() + option.value.size();
    const auto [stop, error] = std::from_chars(option.value.data(), end, number);
    if (error != std::errc() || stop != end || number < bounds.least || number > bounds.most) {
        return wrong_value(option,
                           fmt::format("a number from {} to {}", bounds.least, bounds.most));
    }
    return number;
}

Result<DaySpan> dates_of(const GivenOption& option) {
    const auto span = parse_date(option.value);
    if (!span) {
        return wrong_value(option, "a date such as 2014, 2014-03 or 2014-03-02");
    }
    return *span;
}

Result<std::string> text_of(const GivenOption& option) {
    if (option.value.find_first_not_of(" \t") == std::string::npos) {
        return fail(ErrorCode::usage, fmt::format("{} needs a value", option.name));
    }
    return option.value;
}

Result<OutputFormat> format_of(const GivenOption& option) {
    if (option.value == "text") {
        return OutputFormat::text;
    }
    if (option.value == "json") {
        return OutputFormat::json;
    }
    return wrong_value(option, "text or json");
}

// Of `search`, which has more of them.
Result<OutputFormat> search_format_of(const GivenOption& option) {
    if (option.value == "jsonl") {
        return OutputFormat::jsonl;
    }
    if (option.value == "trec") {
        return OutputFormat::trec;
    }
    if (!format_of(option)) {
        return wrong_value(option, "text, json, jsonl or trec");
    }
    return format_of(option);
}

Result<ColourChoice> colour_of(const GivenOption& option) {
    if (option.value == "auto") {
        return ColourChoice::automatic;
    }
    if (option.value == "always") {
        return ColourChoice::always;
    }
    if (option.value == "never") {
        return ColourChoice::never;
    }
    return wrong_value(option, "auto, always or never");
}

Result<void> take_common(const GivenOption& option, CommonOptions& common) {
    switch (option.flag) {
    case Flag::index: {
        TRY_ASSIGN(common.index, text_of(option));
        break;
    }
    case Flag::format: {
        TRY_ASSIGN(common.format, format_of(option));
        break;
    }
    case Flag::color: {
        TRY_ASSIGN(common.colour, colour_of(option));
        break;
    }
    case Flag::quiet:
        common.detail = Detail::brief;
        break;
    case Flag::verbose:
        common.detail = Detail::full;
        break;
    case Flag::help:
        common.help = true;
        break;
    case Flag::version:
        common.version = true;
        break;
    default:
        break;
    }
    return {};
}

Result<void> take_filter(const GivenOption& option, Filters& filters) {
    if (option.flag == Flag::vendor) {
        TRY_ASSIGN(std::string vendor, text_of(option));
        filters.vendors.push_back(std::move(vendor));
    } else if (option.flag == Flag::heading) {
        TRY_ASSIGN(filters.heading, text_of(option));
    } else if (option.flag == Flag::from) {
        TRY_ASSIGN(const DaySpan span, dates_of(option));
        filters.from = span.first;
    } else if (option.flag == Flag::to) {
        TRY_ASSIGN(const DaySpan span, dates_of(option));
        filters.to = span.last;
    }
    return {};
}

Result<void> take_search(const GivenOption& option, SearchOptions& options) {
    SearchRequest& request = options.request;
    if (option.flag == Flag::count) {
        TRY_ASSIGN(request.count, number_of(option, {1, k_most_results}));
    } else if (option.flag == Flag::offset) {
        TRY_ASSIGN(request.offset, number_of(option, {0, k_most_offset}));
    } else if (option.flag == Flag::context) {
        TRY_ASSIGN(request.context, number_of(option, {0, k_most_context}));
    } else if (option.flag == Flag::all_copies) {
        request.copies = Copies::show_all;
    } else if (option.flag == Flag::no_synonyms) {
        request.synonyms = Synonyms::off;
    } else if (option.flag == Flag::plain) {
        options.syntax = QuerySyntax::plain;
    } else if (option.flag == Flag::queries) {
        TRY_ASSIGN(options.queries, text_of(option));
    } else if (option.flag == Flag::strict) {
        options.strict = true;
    } else if (option.flag == Flag::format) {
        TRY_ASSIGN(options.common.format, search_format_of(option));
        return {};
    } else {
        TRY(take_filter(option, request.filters));
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

Result<CoverageOrder> order_of(const GivenOption& option) {
    if (option.value == "name") {
        return CoverageOrder::name;
    }
    if (option.value == "snapshots") {
        return CoverageOrder::snapshots;
    }
    if (option.value == "first") {
        return CoverageOrder::first;
    }
    return wrong_value(option, "name, snapshots or first");
}

Result<void> take_vendors(const GivenOption& option, VendorsOptions& options) {
    if (option.flag == Flag::vendor) {
        TRY_ASSIGN(std::string vendor, text_of(option));
        options.request.vendors.push_back(std::move(vendor));
    } else if (option.flag == Flag::type) {
        TRY_ASSIGN(options.request.type, text_of(option));
    } else if (option.flag == Flag::sort) {
        TRY_ASSIGN(options.request.order, order_of(option));
    } else if (option.flag == Flag::format && option.value == "csv") {
        options.common.format = OutputFormat::csv;
        return {};
    } else if (option.flag == Flag::format && !format_of(option)) {
        return wrong_value(option, "text, json or csv");
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

bool asks_for_itself(const CommonOptions& common) {
    return common.help || common.version;
}

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words) {
        text += (text.empty() ? "" : " ") + word;
    }
    return text;
}

Result<void> check_dates(std::optional<Day> from, std::optional<Day> to, const std::string& hint) {
    if (from && to && *from > *to) {
        return fail(
            ErrorCode::usage,
            fmt::format("--from {} is later than --to {}", format_day(*from), format_day(*to)),
            hint);
    }
    return {};
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
    if (format != OutputFormat::jsonl && format != OutputFormat::trec) {
        return fail(ErrorCode::usage, "--queries gives jsonl or trec",
                    "leave --format out, or say --format jsonl");
    }
    return {};
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
        return options;
    }
    if (options.query.find_first_not_of(" \t\n") == std::string::npos) {
        return fail(ErrorCode::usage, "nothing to search for",
                    "name some words: smallprint search QUERY...");
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

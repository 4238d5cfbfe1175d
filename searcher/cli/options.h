// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/enum_names.h"
#include "common/base/result.h"
#include "common/cli/options.h"
#include "common/index_format/generation.h"
#include "common/model/date.h"
#include "searcher/http/settings.h"
#include "searcher/query/parser.h"
#include "searcher/request/requests.h"
#include "searcher/terminal/page.h"
#include "searcher/terminal/terminal.h"
#include "searcher/terminal/text.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace smallprint::cli {

// A command line as plain values, a struct a command. Two functions of each stand in the file of
// its command: rows() returns the options, which set the members; accept() takes the words beside
// them and checks that all of it goes together. A mistake is ErrorCode::usage and names the option.

// Enough for a command that takes no words and has no options of its own.
struct CommonOptions {
    std::filesystem::path index = index_format::default_index_folder();
    request::OutputFormat format = request::OutputFormat::text;
    terminal::ColourChoice colour = terminal::ColourChoice::automatic;
    terminal::Detail detail = terminal::Detail::normal;
    std::string query;             // empty if there is none; a mistake in it is shown there
    std::string thesaurus;         // a file, empty for the one that is compiled in
    bool help = false;             // asked for; the rest then is not checked
    bool version = false;          // the same
    terminal::Layout layout = {};  // of text on this terminal, set by the runner

    OptionRows rows();
    static Result<void> accept(const Arguments& words, std::string_view command);
};

struct SearchOptions : CommonOptions {
    std::optional<request::OutputFormat> named_format;  // else it depends on the rest
    query::QuerySyntax syntax = query::QuerySyntax::full;
    request::SearchRequest request;  // without the query
    std::string queries;             // a file of them instead of the one; empty if there is none
    bool strict = false;             // the first mistake in it ends the run

    OptionRows rows();
    Result<void> accept(const Arguments& words, std::string_view command);
};

struct ShowOptions : CommonOptions {
    std::string target;  // id or vendor
    std::optional<Day> at;
    std::size_t context = 2;
    bool full = false;

    OptionRows rows();
    Result<void> accept(const Arguments& words, std::string_view command);
};

struct HistoryOptions : CommonOptions {
    request::HistoryRequest request;

    OptionRows rows();
    Result<void> accept(const Arguments& words, std::string_view command);
};

struct DiffOptions : CommonOptions {
    request::DiffRequest request;

    OptionRows rows();
    Result<void> accept(const Arguments& words, std::string_view command);
};

struct TrendOptions : CommonOptions {
    std::vector<std::string> queries;
    query::QuerySyntax syntax = query::QuerySyntax::full;
    request::TrendRequest request;  // without the queries

    OptionRows rows();
    Result<void> accept(const Arguments& words, std::string_view command);
};

struct VendorsOptions : CommonOptions {
    request::CoverageRequest request;

    OptionRows rows();
};

struct ExportOptions : CommonOptions {
    ExportOptions();

    query::QuerySyntax syntax = query::QuerySyntax::full;
    request::SearchRequest request;  // without the query

    OptionRows rows();
    Result<void> accept(const Arguments& words, std::string_view command);
};

struct ServeOptions : CommonOptions {
    http::ServeSettings settings;  // without the index

    OptionRows rows();
};

// Rows that several commands have.
enum class Asked : std::uint8_t { clauses, trend };
OptionRows filter_rows(request::Filters& filters, Asked asked);
OptionRows query_rows(CommonOptions& options, query::QuerySyntax& syntax,
                      request::Synonyms& synonyms);
OptionRow index_row(CommonOptions& options);
OptionRows about_rows(CommonOptions& options);  // help and version

// The index, `format`, the look of the answer, help and version.
OptionRows common_rows(CommonOptions& options, OptionRow format);

// `help` lists the formats, the first of which is the default, where it is empty.
template <typename Place>
OptionRow format_row(Place& place, const std::vector<request::OutputFormat>& formats,
                     std::string help = "") {
    const auto parse = [formats](std::string_view text) {
        const std::optional<request::OutputFormat> format =
            value_named<request::OutputFormat>(text);
        return format && std::ranges::count(formats, *format) > 0 ? format : std::nullopt;
    };
    std::vector<std::string> names(formats.size());
    std::ranges::transform(formats, names.begin(), name_of<request::OutputFormat>);
    std::string wanted = one_of(names);
    names.front() += " (default)";
    return {.name = "format",
            .value = "FORMAT",
            .help = help.empty() ? one_of(names) : std::move(help),
            .set = set_parsed(place, parse, std::move(wanted))};
}

// The rows one list after the other.
OptionRows concat(std::vector<OptionRows> parts);

// The one ID or VENDOR that a command is about. `wish` is what is done with it, such as "show".
Result<std::string> parse_target(const Arguments& words, std::string_view command,
                                 std::string_view wish);

// ErrorCode::usage where --from is later than --to.
Result<void> check_dates(std::optional<Day> from, std::optional<Day> to, const std::string& hint);

// Answers one query of the file after the other as jsonl, csv or trec, and returns the exit status.
// A line that cannot be answered is told of on stderr and counted.
Result<int> run_batch(const SearchOptions& options);

// json where --format asks for it or for jsonl, else text; told even from words with mistakes.
request::OutputFormat wanted_format(const Arguments& arguments);

}  // namespace smallprint::cli

// SPDX-License-Identifier: GPL-2.0-or-later
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
#include "searcher/query/parser.h"
#include "searcher/request/filters.h"
#include "searcher/request/requests.h"
#include "searcher/search/results.h"
#include "searcher/terminal/text.h"

#include <fmt/format.h>

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace smallprint::cli {
namespace {

constexpr std::string_view k_only_query = "1";  // its id in a TREC run
constexpr std::size_t k_most_offset = 1'000'000'000;

using SearchView = View<SearchOptions, search::SearchResults>;

constexpr std::array k_views = {
    SearchView{request::OutputFormat::text,
               [](auto& results, auto& options) {
                   return terminal::search_text(results, options.request, options.layout,
                                                options.detail);
               }},
    SearchView{
        request::OutputFormat::json,
        [](auto& results, auto& options) { return json::search_json(results, options.request); }},
    SearchView{request::OutputFormat::jsonl,
               [](auto& results, auto&) { return json::hit_lines(results); }},
    SearchView{request::OutputFormat::csv,
               [](auto& results, auto&) {
                   return csv::search_csv_head(csv::QueryIds::none) +
                          csv::search_csv_lines(results);
               }},
    SearchView{request::OutputFormat::trec,
               [](auto& results, auto&) { return csv::trec_lines(results, k_only_query); }},
};

// False for formats with a line for each result.
bool is_whole(request::OutputFormat format) {
    return format == request::OutputFormat::text || format == request::OutputFormat::json;
}

// A file of queries takes the place of a query, and is answered line by line.
Result<void> check_batch(const Arguments& words, const SearchOptions& options) {
    if (!words.empty()) {
        return fail(ErrorCode::usage,
                    fmt::format("'{}' is a query beside those of --queries", words.front()),
                    "give either words or a file of queries");
    }
    if (is_whole(options.format)) {
        return fail(ErrorCode::usage, "--queries gives jsonl, csv or trec",
                    "leave --format out, or say --format jsonl");
    }
    if (!options.request.cursor.empty()) {
        return fail(ErrorCode::usage, "--cursor goes on with one query, and --queries has several",
                    "say --offset, or ask the query by itself");
    }
    return {};
}

Result<void> check_query(const SearchOptions& options) {
    if (is_blank(options.query) && request::is_empty(options.request.filters)) {
        return fail(ErrorCode::usage, "nothing to search for",
                    "name some words: smallprint search QUERY...");
    }
    if (!options.request.cursor.empty() && options.request.offset > 0) {
        return fail(ErrorCode::usage, "--cursor and --offset both say where to begin",
                    "give one of them");
    }
    return {};
}

// Facts of an answer as a whole have no place in a line for each result.
Result<void> check_whole(const SearchOptions& options) {
    const bool facets = options.request.facets == request::FacetCounts::counted;
    if (is_whole(options.format) || (!facets && options.request.explain == request::Explain::no)) {
        return {};
    }
    return fail(ErrorCode::usage,
                fmt::format("{} needs an answer as text or json, and this is one a line for each "
                            "result",
                            facets ? "--facets" : "--explain"),
                options.queries.empty() ? "leave --format out, or say --format json"
                                        : "ask the query by itself, with --format json");
}

Result<int> run_search(SearchOptions& options) {
    if (!options.queries.empty()) {
        return run_batch(options);
    }
    TRY_ASSIGN(options.request.query, query::parse_query(options.query, options.syntax));
    TRY_ASSIGN(engine::Engine engine, open_engine(options));
    TRY_ASSIGN(const search::SearchResults results, engine.search(options.request));
    if (!is_whole(options.format)) {
        tell_notes(results.notes, options.detail);
    }
    TRY(print_view(k_views, results, options));
    return results.hits.empty() ? k_nothing_found : k_found;
}

// Which results are shown, and how much of them.
OptionRows result_rows(request::SearchRequest& request) {
    return {
        {"sort", 0, "BY",
         "relevance (default), newest (seen last first) or oldest (seen first first)",
         set_named(request.sort)},
        {"count", 'n', "N", "how many results (1 to 1000, default 10)",
         set_number(request.count, 1, request::k_most_results)},
        {"offset", 0, "N", "leave out the first N results",
         set_number(request.offset, 0, k_most_offset)},
        {"cursor", 0, "C", "go on where an answer ended: `next` of its JSON",
         set_text(request.cursor)},
        {"per-vendor", 0, "N", "at most N results of each vendor",
         set_number(request.per_vendor, 1, request::k_most_results)},
        {"context", 0, "N", "clauses shown before and after each result (0 to 20, default 1)",
         set_number(request.context, 0, request::k_most_context)},
        {"all-copies", 0, "", "show each copy of a text that several vendors have",
         set_to(request.copies, request::Copies::show_all)},
        {"facets", 0, "", "count all matches by vendor, type, language, host and year",
         set_to(request.facets, request::FacetCounts::counted)},
    };
}

}  // namespace

OptionRows SearchOptions::rows() {
    return concat({
        filter_rows(request.filters, Asked::clauses),
        result_rows(request),
        query_rows(*this, syntax, request.synonyms),
        {
            {"explain", 0, "",
             "how the query was read, what was looked for and how often it occurs",
             set_to(request.explain, request::Explain::yes)},
            {"queries", 0, "FILE",
             "answer the queries of a file (- is standard input) one by one: lines of "
             "ID<TAB>QUERY or ID<TAB>QUERY<TAB>FILTER, such as vendor:a.example",
             set_text(queries)},
            {"strict", 0, "", "with --queries: end at the first line that cannot be answered",
             set_to(strict, true)},
        },
        common_rows(*this, format_row(named_format, formats_of(k_views),
                                      "text (default), json, jsonl (one result a line; default "
                                      "with --queries), csv (the same as a table) or trec (a TREC "
                                      "run)")),
    });
}

Result<void> SearchOptions::accept(const Arguments& words, std::string_view /*command*/) {
    format = named_format.value_or(queries.empty() ? request::OutputFormat::text
                                                   : request::OutputFormat::jsonl);
    TRY(check_dates(request.filters.from, request.filters.to,
                    "a clause has to stand at some day from the one to the other"));
    query = join(words, " ");
    if (!queries.empty()) {
        TRY(check_batch(words, *this));
        return check_whole(*this);
    }
    TRY(check_whole(*this));
    return check_query(*this);
}

const Command k_search_command = {
    .name = "search",
    .arguments = "[OPTION]... QUERY...",
    .summary = "find clauses, ranked, with their context",
    .about = "Finds the clauses that have all words of QUERY, in their text or in a heading\n"
             "above it, or say what QUERY asks for with operators and fields. Quotes, brackets\n"
             "and asterisks have to reach smallprint: protect them from the shell.\n"
             "DATE is YYYY, YYYY-MM or YYYY-MM-DD. Words that begin with '-' go after `--`.\n",
    .examples = "  smallprint search sell personal data\n"
                "  smallprint search '\"safe harbor\" certified' --from 2014 --to 2016-06\n"
                "  smallprint search --vendor brightloaf.example --heading cookies browser\n"
                "  smallprint search --format json -n 100 location | jq '.results[].vendor'\n"
                "  smallprint search --format csv -n 100 '\"safe harbor\"' > harbor.csv\n"
                "  smallprint search --queries questions.tsv --plain --format trec -n 100 > run\n",
    .run = run_command<SearchOptions, run_search>,
    .more_hint = "; words of the query that begin with '-' go after `--`",
    .syntax_help = query_syntax_help,
};

}  // namespace smallprint::cli

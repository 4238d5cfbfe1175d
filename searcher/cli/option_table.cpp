// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/cli/option_table.h"

#include "common/base/enum_names.h"
#include "common/fields/field_table.h"
#include "searcher/query/syntax_table.h"
#include "searcher/request/filters.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace smallprint {
namespace {

using enum Command;

constexpr std::array k_any = {search,  show,    history, diff,  trend,
                              vendors, exports, info,    check, serve};
constexpr std::array k_all = {search, show, history, diff, trend, vendors, exports, info, check};
constexpr std::array k_text_or_json = {show, history, diff, info, check};
constexpr std::array k_queries = {search, trend, exports};
constexpr std::array k_search = {search};
constexpr std::array k_show = {show};
constexpr std::array k_history = {history};
constexpr std::array k_diff = {diff};
constexpr std::array k_vendors = {vendors};
constexpr std::array k_trend = {trend};
constexpr std::array k_exports = {exports};
constexpr std::array k_tables = {trend, vendors};
constexpr std::array k_serve = {serve};

constexpr std::array k_options = {
    OptionRow{Flag::sort, "sort", 0, "BY",
              "relevance (default), newest (seen last first) or oldest (seen first first)",
              k_search},
    OptionRow{Flag::count, "count", 'n', "N", "how many results (1 to 1000, default 10)", k_search},
    OptionRow{Flag::offset, "offset", 0, "N", "leave out the first N results", k_search},
    OptionRow{Flag::cursor, "cursor", 0, "C", "go on where an answer ended: `next` of its JSON",
              k_search},
    OptionRow{Flag::per_vendor, "per-vendor", 0, "N", "at most N results of each vendor", k_search},
    OptionRow{Flag::context, "context", 0, "N",
              "clauses shown before and after each result (0 to 20, default 1)", k_search},
    OptionRow{Flag::all_copies, "all-copies", 0, "",
              "show each copy of a text that several vendors have", k_search},
    OptionRow{Flag::facets, "facets", 0, "",
              "count all matches by vendor, type, language, host and year", k_search},
    OptionRow{Flag::no_synonyms, "no-synonyms", 0, "",
              "only the words themselves, no terms that mean the same", k_queries},
    OptionRow{Flag::thesaurus, "thesaurus", 0, "FILE",
              "a thesaurus of your own instead of the one that is built in", k_queries},
    OptionRow{Flag::plain, "plain", 0, "", "no operators: quotes are text like any other",
              k_queries},
    OptionRow{Flag::explain, "explain", 0, "",
              "how the query was read, what was looked for and how often it occurs", k_search},
    OptionRow{Flag::queries, "queries", 0, "FILE",
              "answer the queries of a file (- is standard input) one by one: lines of "
              "ID<TAB>QUERY or ID<TAB>QUERY<TAB>FILTER, such as vendor:a.example",
              k_search},
    OptionRow{Flag::strict, "strict", 0, "",
              "with --queries: end at the first line that cannot be answered", k_search},
    OptionRow{Flag::by, "by", 0, "LENGTH",
              "of periods: year, half-year (default), quarter or month", k_trend},
    OptionRow{Flag::captured, "captured", 0, "",
              "a snapshot counts in the period it was taken in, not until the next one", k_trend},
    OptionRow{Flag::all_copies, "all-copies", 0, "",
              "each copy of a text that several vendors have: an export always has them",
              k_exports},
    OptionRow{Flag::at, "at", 0, "DATE",
              "as it stood then: the newest snapshot up to the end of DATE", k_show},
    OptionRow{Flag::context, "context", 0, "N",
              "clauses shown before and after the one asked for (0 to 20, default 2)", k_show},
    OptionRow{Flag::full, "full", 0, "", "with an ID: the whole policy, the clause marked", k_show},
    OptionRow{Flag::from, "from", 0, "DATE", "only snapshots of this date or later", k_history},
    OptionRow{Flag::to, "to", 0, "DATE", "only snapshots of this date or earlier", k_history},
    OptionRow{Flag::type, "type", 0, "TYPE", "only policies of this type", k_history},
    OptionRow{Flag::type, "type", 0, "TYPE", "only policies of this type", k_diff},
    OptionRow{Flag::context, "context", 0, "N",
              "unchanged clauses shown before and after each change (0 to 20, default 1)", k_diff},
    OptionRow{Flag::vendor, "vendor", 0, "V", "only this vendor; repeat it for several", k_vendors},
    OptionRow{Flag::type, "type", 0, "TYPE", "only policies of this type", k_vendors},
    OptionRow{Flag::sort, "sort", 0, "BY",
              "name (default), snapshots (most first) or first (oldest first)", k_vendors},
    OptionRow{Flag::listen, "listen", 0, "ADDRESS",
              "ADDRESS:PORT (default 127.0.0.1:8080; port 0 is one that is free) or unix:PATH",
              k_serve},
    OptionRow{Flag::threads, "threads", 0, "N",
              "how many requests are answered at a time (default: one a processor)", k_serve},
    OptionRow{Flag::allowed_host, "allowed-host", 0, "NAME",
              "a name this server is known by, besides localhost; repeat it for several", k_serve},
    OptionRow{Flag::base_url, "base-url", 0, "URL",
              "where the outside finds this server, for addresses in answers", k_serve},
    OptionRow{Flag::cors_origin, "cors-origin", 0, "ORIGIN",
              "let pages of this origin (or *) read the answers of the API", k_serve},
    OptionRow{Flag::rate, "rate", 0, "N",
              "requests a second from one address, 0 for any number (default 50, and any number "
              "from this machine)",
              k_serve},
    OptionRow{Flag::trusted_proxy, "trusted-proxy", 0, "NET",
              "believe X-Forwarded-For from this address, network or 'unix'; repeatable", k_serve},
    OptionRow{Flag::max_connections, "max-connections", 0, "N",
              "connections open at a time (default 1024)", k_serve},
    OptionRow{Flag::max_client_connections, "max-client-connections", 0, "N",
              "of one address (default 32, and any number from this machine)", k_serve},
    OptionRow{Flag::cache, "cache", 0, "MB",
              "memory for answers that are asked for again (default 32, 0 for none)", k_serve},
    OptionRow{Flag::access_log, "access-log", 0, "FILE",
              "note every request there, a line of JSON each; - is standard output", k_serve},
    OptionRow{Flag::web_dir, "web-dir", 0, "DIR",
              "read the page's files from DIR at every request, to work on them", k_serve},
    OptionRow{Flag::index, "index", 'i', "DIR",
              "folder of the index (else $SMALLPRINT_INDEX, else ./smallprint.idx)", k_any},
    OptionRow{Flag::format, "format", 0, "FORMAT",
              "text (default), json, jsonl (one result a line; default with --queries), csv "
              "(the same as a table) or trec (a TREC run)",
              k_search},
    OptionRow{Flag::format, "format", 0, "FORMAT", "text (default) or json", k_text_or_json},
    OptionRow{Flag::format, "format", 0, "FORMAT", "text (default), json or csv", k_tables},
    OptionRow{Flag::format, "format", 0, "FORMAT", "jsonl (default), one clause a line, or csv",
              k_exports},
    OptionRow{Flag::color, "color", 0, "WHEN",
              "auto (default), always or never; auto hears NO_COLOR", k_all},
    OptionRow{Flag::quiet, "quiet", 'q', "", "the answer alone, without head and summary", k_all},
    OptionRow{Flag::verbose, "verbose", 'v', "", "more about each result, such as its score",
              k_all},
    OptionRow{Flag::help, "help", 'h', "", "show this help", k_any},
    OptionRow{Flag::version, "version", 0, "", "show the version", k_any},
};

constexpr std::array k_commands = {
    CommandRow{index, "index", "SOURCE... [-i DIR]", "read archives and publish an index", "", ""},
    CommandRow{search, "search", "[OPTION]... QUERY...", "find clauses, ranked, with their context",
               "Finds the clauses that have all words of QUERY, in their text or in a heading\n"
               "above it, or say what QUERY asks for with operators and fields. Quotes, brackets\n"
               "and asterisks have to reach smallprint: protect them from the shell.\n"
               "DATE is YYYY, YYYY-MM or YYYY-MM-DD. Words that begin with '-' go after `--`.\n",
               "  smallprint search sell personal data\n"
               "  smallprint search '\"safe harbor\" certified' --from 2014 --to 2016-06\n"
               "  smallprint search --vendor brightloaf.example --heading cookies browser\n"
               "  smallprint search --format json -n 100 location | jq '.results[].vendor'\n"
               "  smallprint search --format csv -n 100 '\"safe harbor\"' > harbor.csv\n"
               "  smallprint search --queries questions.tsv --plain --format trec -n 100 > run\n"},
    CommandRow{show, "show", "[OPTION]... ID|VENDOR", "show a clause in its policy, or a policy",
               "With the ID of a clause, from a search result: its facts, and where it stands in\n"
               "the newest snapshot that has it. With a VENDOR or the ID of a policy: the whole\n"
               "text. DATE is YYYY, YYYY-MM or YYYY-MM-DD.\n",
               "  smallprint show brightloaf.example\n"
               "  smallprint show brightloaf.example --at 2015\n"
               "  smallprint show ID --full\n"},
    CommandRow{history, "history", "[OPTION]... ID|VENDOR", "what changed in a policy, and when",
               "With a VENDOR or the ID of a policy: its snapshots, oldest first, and the\n"
               "clauses that each has added, removed or reworded since the one before. With the\n"
               "ID of a clause: when it stood, what it replaced and what replaced it. A clause\n"
               "that moved is no change. DATE is YYYY, YYYY-MM or YYYY-MM-DD.\n",
               "  smallprint history brightloaf.example\n"
               "  smallprint history brightloaf.example --from 2018 --to 2020\n"
               "  smallprint history ID\n"
               "  smallprint history VENDOR --format json | jq '.policies[].timeline[].added'\n"},
    CommandRow{diff, "diff", "[OPTION]... VENDOR DATE DATE", "what changed between two dates",
               "Compares two snapshots of a policy, section by section: the newest up to the end\n"
               "of each DATE. Clauses are added (+), removed (-), reworded (~) or moved (> <).\n"
               "Words of reworded clauses are in colours, without them [-removed-] and {+added+}.\n"
               "VENDOR may be the ID of a policy. Of a vendor with several policies each is\n"
               "compared. DATE is YYYY, YYYY-MM or YYYY-MM-DD.\n",
               "  smallprint diff brightloaf.example 2018 2020\n"
               "  smallprint diff Facebook 2023 2024-06 --type 'Terms of Service'\n"
               "  smallprint diff VENDOR 2017 2019 --format json | jq '.policies[].counts'\n"},
    CommandRow{trend, "trend", "[OPTION]... QUERY...", "how many vendors say something, over time",
               "Tells for each period how many vendors have a clause that matches, of how many\n"
               "that are observed: those with a snapshot in force, which it is until the next\n"
               "one, the last one to the end of its period. Each argument is a query of its own,\n"
               "and up to 12 stand side by side. Words of a query may stand apart in a clause:\n"
               "a phrase needs quotes that reach smallprint. --vendor narrows who is observed.\n",
               "  smallprint trend '\"safe harbor\"' '\"privacy shield\"'\n"
               "  smallprint trend 'sell w/5 \"personal data\"' --by year --from 2010\n"
               "  smallprint trend location --format csv > location.csv\n"},
    CommandRow{vendors, "vendors", "[OPTION]...", "whose policies the index holds, and from when",
               "Shows of each vendor how many snapshots there are in each half-year, and where\n"
               "there are none. JSON and CSV have the exact numbers, by type of policy as well;\n"
               "CSV has one row for each vendor, type and half-year with snapshots.\n",
               "  smallprint vendors --sort snapshots\n"
               "  smallprint vendors --vendor brightloaf.example -v\n"
               "  smallprint vendors --format csv > coverage.csv\n"},
    CommandRow{exports, "export", "[OPTION]... [QUERY]...",
               "all matching clauses, for other programs",
               "Writes every clause that has all words of QUERY, or every clause of the index,\n"
               "one a line with all that is known of it, in the order of the index: no ranking,\n"
               "no limit, each copy of a text by itself. With -v the progress is told.\n",
               "  smallprint export > everything.jsonl\n"
               "  smallprint export '\"safe harbor\"' | jq -r .vendor | sort | uniq -c\n"
               "  smallprint export location --vendor brightloaf.example --format csv\n"},
    CommandRow{info, "info", "[OPTION]...", "say what the index holds",
               "Tells when and from what the index was made, how much it holds, and of each\n"
               "policy how many snapshots there are and from when to when.\n",
               "  smallprint info\n"
               "  smallprint info --format json | jq '.policies[] | [.vendor, .snapshots]'\n"},
    CommandRow{check, "check", "[OPTION]...", "verify every file and record of the index",
               "Compares the digest of every file with what was written, then reads every\n"
               "record. Names what is damaged and ends with status 7; needs no more than\n"
               "permission to read.\n",
               "  smallprint check\n"
               "  smallprint check -i my.idx && echo intact\n"},
    CommandRow{
        serve, "serve", "[OPTION]...", "answer over HTTP, for programs and browsers",
        "Answers under http://127.0.0.1:8080/ until it is stopped with Ctrl-C or SIGTERM. The\n"
        "API is described at /api/v1/openapi.json. A newly published index is taken up within\n"
        "a second; SIGHUP does so at once, and opens the access log anew. What is to be open\n"
        "to others belongs behind a web server: see nginx/ and systemd/ in the documentation.\n",
        "  smallprint serve -i my.idx\n"
        "  smallprint serve --listen 127.0.0.1:0 --access-log -\n"
        "  smallprint serve --listen unix:/run/smallprint/socket --trusted-proxy unix \\\n"
        "      --allowed-host policies.example.org\n"
        "  curl 'http://127.0.0.1:8080/api/v1/search?q=sell+personal+data'\n"},
};

static_assert(has_row_for_each(k_commands, &CommandRow::command));

constexpr std::string_view k_exit_statuses =
    "Exit status: 0 found, 1 nothing found, 2 usage or query, 3 lines of a file of\n"
    "queries, 4 I/O, 6 no index or one of another version, 7 index damaged, 8 a limit\n"
    "was reached.\n";

// The filters of a command that looks for clauses.
std::vector<OptionRow> filter_options(Command command) {
    std::vector<OptionRow> options;
    for (const FilterRow& row : k_filters) {
        const bool is_known = command == trend
                                  ? row.in_trends == InTrends::yes
                                  : std::ranges::find(k_queries, command) != k_queries.end();
        const bool differs = command == trend && !row.trend_help.empty();
        if (is_known) {
            options.push_back({.flag = Flag::filter,
                               .name = row.option,
                               .letter = 0,
                               .value = row.placeholder,
                               .help = differs ? row.trend_help : row.help,
                               .commands = k_queries,
                               .filter = &row});
        }
    }
    return options;
}

// Help behind what it is about, from `column` on, broken to 80 columns.
std::string entry(std::string line, std::string_view help, std::size_t column) {
    constexpr std::size_t line_width = 80;
    line.resize(std::max(column, line.size()), ' ');
    std::string out;
    while (help.size() > line_width - column) {
        const std::size_t blank = help.rfind(' ', line_width - column);
        out += line + std::string(help.substr(0, blank)) + '\n';
        help.remove_prefix(blank + 1);
        line.assign(column, ' ');
    }
    return out + line + std::string(help) + '\n';
}

// "  -i, --index DIR      folder of the index ...".
std::string option_help(const OptionRow& row, std::size_t column) {
    const std::string letter = row.letter == 0 ? "      " : fmt::format("  -{}, ", row.letter);
    return entry(
        fmt::format("{}--{}{}{}", letter, row.name, row.value.empty() ? "" : " ", row.value),
        row.help, column);
}

// What a query may be made of.
std::string query_help() {
    constexpr std::size_t column = 15;
    std::string help =
        "\nA QUERY finds clauses (A and B are words, phrases or groups in brackets):\n";
    for (const SyntaxRow& row : k_syntax) {
        help += entry(fmt::format("  {}", row.written), row.help, column);
    }
    help += "\nFields, each with its value right behind the colon, as in vendor:kaseya.com:\n";
    for (const FieldRow& row : k_fields) {
        if (row.field != Field::text) {
            help += entry(fmt::format("  {}:", row.name), row.help, column);
        }
    }
    return help +
           "A value of several words is put in quotes, several values in brackets:\n"
           "type:\"privacy policy\", host:(a.example OR b.example). Days are a DATE or a span\n"
           "of them: 2014..2018, 2016-03.. or ..2015.\n";
}

}  // namespace

std::span<const CommandRow> command_rows() {
    return k_commands;
}

const CommandRow& row_of(Command command) {
    return k_commands.at(static_cast<std::size_t>(command));
}

std::vector<OptionRow> options_of(Command command) {
    std::vector<OptionRow> options = filter_options(command);
    std::ranges::copy_if(k_options, std::back_inserter(options), [command](const OptionRow& row) {
        return std::ranges::find(row.commands, command) != row.commands.end();
    });
    return options;
}

std::string general_help() {
    std::string help =
        "Usage: smallprint COMMAND [OPTION]... [ARGUMENT]...\n\n"
        "Searches archives of privacy policies at the level of the clause, over time.\n\n"
        "Commands:\n";
    for (const CommandRow& row : k_commands) {
        help += fmt::format("  {:<9}{}\n", row.name, row.summary);
    }
    return help + "\nOptions:\n"
                  "  -h, --help     show this help\n"
                  "      --version  show the version\n"
                  "\nA first round:\n"
                  "  smallprint index ARCHIVE\n"
                  "  smallprint search sell personal data\n"
                  "  smallprint show ID\n"
                  "\n`smallprint COMMAND --help` explains a command.\n";
}

std::string help_of(Command command) {
    const CommandRow& row = row_of(command);
    const std::vector<OptionRow> options = options_of(command);
    std::size_t column = 0;
    for (const OptionRow& option : options) {
        column = std::max(column, option.name.size() + option.value.size() + 11);
    }
    std::string help = fmt::format("Usage: smallprint {} {}\n\n{}\nOptions:\n", row.name,
                                   row.arguments, row.about);
    for (const OptionRow& option : options) {
        help += option_help(option, column);
    }
    if (command == search) {
        help += query_help();
    }
    return help + fmt::format("\nExamples:\n{}\n{}", row.examples, k_exit_statuses);
}

}  // namespace smallprint

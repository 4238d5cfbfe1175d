// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/base/error.h"
#include "common/base/result.h"
#include "common/cli/options.h"
#include "common/text/utf8.h"
#include "searcher/cli/commands.h"
#include "searcher/cli/options.h"
#include "searcher/cli/runner.h"
#include "searcher/query/ast.h"
#include "searcher/request/requests.h"
#include "tests/support/sample_results.h"

#include <doctest/doctest.h>

#include <sstream>
#include <string>
#include <vector>

namespace smallprint {
namespace {

Result<cli::SearchOptions> parse_search(const cli::Arguments& arguments) {
    return cli::parse_options<cli::SearchOptions>(cli::k_search_command, arguments);
}

Result<cli::ShowOptions> parse_show(const cli::Arguments& arguments) {
    return cli::parse_options<cli::ShowOptions>(cli::k_show_command, arguments);
}

Result<cli::HistoryOptions> parse_history(const cli::Arguments& arguments) {
    return cli::parse_options<cli::HistoryOptions>(cli::k_history_command, arguments);
}

Result<cli::VendorsOptions> parse_vendors(const cli::Arguments& arguments) {
    return cli::parse_options<cli::VendorsOptions>(cli::k_vendors_command, arguments);
}

Result<cli::CommonOptions> parse_info(const cli::Arguments& arguments) {
    return cli::parse_options<cli::CommonOptions>(cli::k_info_command, arguments);
}

template <typename Options> void check_help(const cli::Command& command) {
    Options options;
    const cli::OptionRows rows = options.rows();
    const std::string help = cli::command_help(command, rows);
    std::istringstream lines(help);
    for (std::string line; std::getline(lines, line);) {
        CHECK_MESSAGE(text::display_width(line) <= 80, line);
    }
    for (const cli::OptionRow& row : rows) {
        CHECK(help.find("--" + std::string(row.name)) != std::string::npos);
    }
}

// The message of the error that these words are, empty if they are none.
std::string mistake(const cli::Arguments& arguments) {
    const auto options = parse_search(arguments);
    if (options) {
        return "";
    }
    CHECK(options.error().code == ErrorCode::usage);
    return options.error().message;
}

}  // namespace

TEST_CASE("the words of a query are joined, wherever the options stand") {
    const auto options = parse_search(
        {"sell", "--vendor", "a.example", "personal data", "-n", "5", "--vendor=b.example"});
    REQUIRE(options);
    CHECK(options->query == "sell personal data");
    CHECK(options->request.count == 5);
    CHECK(options->request.filters.vendors == std::vector<std::string>{"a.example", "b.example"});
}

TEST_CASE("all after -- is query") {
    const auto options = parse_search({"--plain", "--", "--vendor", "-n"});
    REQUIRE(options);
    CHECK(options->query == "--vendor -n");
    CHECK(options->syntax == query::QuerySyntax::plain);
}

TEST_CASE("a date covers its year or month") {
    const auto options = parse_search({"x", "--from", "2014", "--to", "2016-02"});
    REQUIRE(options);
    CHECK(options->request.filters.from == day("2014-01-01"));
    CHECK(options->request.filters.to == day("2016-02-29"));
    const auto shown = parse_show({"a.example", "--at", "2015"});
    REQUIRE(shown);
    CHECK(shown->at == day("2015-12-31"));
    CHECK(mistake({"x", "--from", "2015", "--to", "2015"}).empty());
    CHECK(mistake({"x", "--from", "2015-02", "--to", "2015-01"}) ==
          "--from 2015-02-01 is later than --to 2015-01-31");
}

TEST_CASE("numbers out of bounds and no numbers are mistakes") {
    for (const char* wrong :
         {"0", "1001", "-5", "+5", "x", "5x", "", " 5", "1e2", "99999999999999999999"}) {
        CHECK_MESSAGE(!mistake({"x", "-n", wrong}).empty(), wrong);
    }
    CHECK(mistake({"x", "-n1000"}).empty());
    CHECK(mistake({"x", "--context", "0"}).empty());
    CHECK(mistake({"x", "--context=21"}) == "--context wants a number from 0 to 20, not '21'");
}

TEST_CASE("what is not known or lacks a value is a mistake") {
    CHECK(mistake({"x", "--form", "json"}) == "unknown option '--form'");
    CHECK(mistake({"x", "--vendor"}) == "option '--vendor' needs a value");
    CHECK(mistake({"x", "--vendor", ""}).find("--vendor") != std::string::npos);
    CHECK(mistake({"x", "--plain=yes"}) == "option '--plain' takes no value");
    CHECK(mistake({"x", "--format", "xml"}) ==
          "--format wants text, json, jsonl, csv or trec, not 'xml'");
    CHECK(mistake({"x", "--from", "2014-02-30"}).starts_with("--from wants a date"));
    CHECK(mistake({}) == "nothing to search for");
    CHECK(mistake({"", " "}) == "nothing to search for");
    CHECK_FALSE(parse_show({"a", "b"}));
    CHECK_FALSE(parse_info({"a"}));
}

TEST_CASE("a history has a target and a span of days") {
    const auto options = parse_history(
        {"a.example", "--from", "2014", "--to=2016-02", "--type", "Terms of Service"});
    REQUIRE(options);
    CHECK(options->request.target == "a.example");
    CHECK(options->request.type == "Terms of Service");
    CHECK(options->request.from == day("2014-01-01"));
    CHECK(options->request.to == day("2016-02-29"));
    CHECK(parse_history({}).error().message == "nothing to tell the history of");
    CHECK(parse_history({"a", "b"}).error().message == "'b' is one too many");
    CHECK_FALSE(parse_history({"a", "--from", "2015", "--to", "2014"}));
    CHECK_FALSE(parse_history({"a", "--format", "csv"}));
}

TEST_CASE("vendors can be written as CSV, and nothing else can") {
    CHECK(parse_vendors({"--format", "csv"})->format == request::OutputFormat::csv);
    CHECK(parse_vendors({"--format=json"})->format == request::OutputFormat::json);
    CHECK(parse_vendors({"--format", "xml"}).error().message ==
          "--format wants text, json or csv, not 'xml'");
    CHECK(parse_vendors({"--sort", "first"})->request.order == request::CoverageOrder::first);
    CHECK(parse_vendors({"--sort", "last"}).error().message ==
          "--sort wants name, snapshots or first, not 'last'");
    CHECK(parse_vendors({"--vendor", "a", "--vendor", "b"})->request.vendors ==
          std::vector<std::string>{"a", "b"});
    CHECK_FALSE(parse_vendors({"a"}));
    CHECK(parse_history({"x", "--format", "csv"}).error().message ==
          "--format wants text or json, not 'csv'");
}

TEST_CASE("a file of queries takes the place of a query") {
    CHECK(parse_search({"--queries", "f"})->format == request::OutputFormat::jsonl);
    CHECK(parse_search({"--queries", "f", "--format=trec"})->format == request::OutputFormat::trec);
    CHECK(mistake({"--queries", "f", "--format", "text"}) == "--queries gives jsonl, csv or trec");
    CHECK(mistake({"--queries", "f", "--cursor", "c"}) ==
          "--cursor goes on with one query, and --queries has several");
    CHECK(mistake({"x", "--queries", "f"}) == "'x' is a query beside those of --queries");
}

TEST_CASE("what is said of a whole answer needs a form that has a place for it") {
    for (const char* format : {"jsonl", "csv", "trec"}) {
        CHECK(mistake({"x", "--facets", "--format", format}) ==
              "--facets needs an answer as text or json, and this is one a line for each result");
        CHECK(mistake({"x", "--explain", "--format", format}).starts_with("--explain needs"));
    }
    CHECK(mistake({"--queries", "f", "--facets"}).starts_with("--facets needs"));
    CHECK(mistake({"x", "--facets", "--explain", "--format", "json"}).empty());
}

TEST_CASE("help needs nothing else") {
    CHECK(parse_search({"--help"})->help);
    CHECK(parse_show({"-h"})->help);
    CHECK(parse_info({"--version"})->version);
}

TEST_CASE("JSON is known to be wanted even where the rest is wrong") {
    CHECK(cli::wanted_format({"--zzz", "--format", "json"}) == request::OutputFormat::json);
    CHECK(cli::wanted_format({"--format=json"}) == request::OutputFormat::json);
    CHECK(cli::wanted_format({"--", "--format=json"}) == request::OutputFormat::text);
    CHECK(cli::wanted_format({"--format"}) == request::OutputFormat::text);
}

TEST_CASE("help fits into 80 columns and names every option") {
    check_help<cli::SearchOptions>(cli::k_search_command);
    check_help<cli::ShowOptions>(cli::k_show_command);
    check_help<cli::HistoryOptions>(cli::k_history_command);
    check_help<cli::TrendOptions>(cli::k_trend_command);
    check_help<cli::VendorsOptions>(cli::k_vendors_command);
    check_help<cli::ExportOptions>(cli::k_export_command);
    check_help<cli::CommonOptions>(cli::k_info_command);
}

}  // namespace smallprint

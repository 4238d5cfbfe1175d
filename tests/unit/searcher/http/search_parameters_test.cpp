// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/cli/options.h"
#include "searcher/cli/options.h"
#include "searcher/http/parameters.h"
#include "searcher/http/router.h"
#include "searcher/http/routes.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <string_view>

namespace smallprint {
namespace {

// Options about the terminal, the machine or another form of the answer.
constexpr std::array<std::string_view, 10> k_of_the_command_line = {
    "index",   "color",   "quiet",     "verbose", "help",
    "version", "queries", "thesaurus", "strict",  "full",
};

std::string parameter_of(const cli::OptionRow& option) {
    if (option.name == "count") {
        return "n";
    }
    if (option.name == "no-synonyms") {
        return "synonyms";
    }
    std::string name(option.name);
    std::ranges::replace(name, '-', '_');
    return name;
}

std::set<std::string> parameters_of(std::string_view route) {
    std::set<std::string> names;
    for (const http::Route& each : http::all_routes()) {
        if (each.name == route) {
            for (const http::ParameterRow& row : each.parameters) {
                names.emplace(row.name);
            }
        }
    }
    return names;
}

template <typename Options> void check_options(std::string_view route) {
    const std::set<std::string> known = parameters_of(route);
    Options options;
    for (const cli::OptionRow& option : options.rows()) {
        const bool is_at_home =
            std::ranges::find(k_of_the_command_line, option.name) != k_of_the_command_line.end();
        // The API answers in JSON; only an export has two forms, and always has all copies.
        const bool is_given = (option.name == "format" && route != "export") ||
                              (option.name == "all-copies" && route == "export");
        if (!is_at_home && !is_given) {
            CAPTURE(route);
            CAPTURE(option.name);
            CHECK(known.contains(parameter_of(option)));
        }
    }
}

}  // namespace

TEST_CASE("the API takes every option of the commands by the same name") {
    check_options<cli::SearchOptions>("search");
    check_options<cli::ExportOptions>("export");
    check_options<cli::TrendOptions>("trend");
    check_options<cli::HistoryOptions>("policyHistory");
    check_options<cli::DiffOptions>("diff");
    check_options<cli::VendorsOptions>("vendors");
}

}  // namespace smallprint

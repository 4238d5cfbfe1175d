// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/cli/option_table.h"
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

// What is about the terminal, the machine or another form of the answer.
constexpr std::array k_of_the_command_line = {
    Flag::index,   Flag::color,   Flag::quiet,     Flag::verbose, Flag::help,
    Flag::version, Flag::queries, Flag::thesaurus, Flag::strict,  Flag::full,
};

std::string parameter_of(const OptionRow& option) {
    if (option.flag == Flag::count) {
        return "n";
    }
    if (option.flag == Flag::no_synonyms) {
        return "synonyms";
    }
    std::string name(option.name);
    std::ranges::replace(name, '-', '_');
    return name;
}

std::set<std::string> parameters_of(std::string_view route) {
    std::set<std::string> names;
    for (const Route& each : all_routes()) {
        if (each.name == route) {
            for (const ParameterRow& row : each.parameters) {
                names.emplace(row.name);
            }
        }
    }
    return names;
}

void check_options(Command command, std::string_view route) {
    const std::set<std::string> known = parameters_of(route);
    for (const OptionRow& option : options_of(command)) {
        const bool is_at_home =
            std::ranges::find(k_of_the_command_line, option.flag) != k_of_the_command_line.end();
        // The API answers in JSON; only an export has two forms, and always has all copies.
        const bool is_given = (option.flag == Flag::format && command != Command::exports) ||
                              (option.flag == Flag::all_copies && command == Command::exports);
        if (!is_at_home && !is_given) {
            CAPTURE(row_of(command).name);
            CAPTURE(option.name);
            CHECK(known.contains(parameter_of(option)));
        }
    }
}

}  // namespace

TEST_CASE("the API takes every option of the commands by the same name") {
    check_options(Command::search, "search");
    check_options(Command::exports, "export");
    check_options(Command::trend, "trend");
    check_options(Command::history, "policyHistory");
    check_options(Command::diff, "diff");
    check_options(Command::vendors, "vendors");
}

}  // namespace smallprint

// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/cli/commands.h"

#include "common/cli/options.h"
#include "common/fields/field_table.h"
#include "searcher/query/syntax_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace smallprint::cli {
namespace {

constexpr std::array k_commands = {
    &k_index_command, &k_search_command, &k_show_command,    &k_history_command,
    &k_diff_command,  &k_trend_command,  &k_vendors_command, &k_export_command,
    &k_info_command,  &k_check_command,  &k_serve_command,
};

constexpr std::string_view k_exit_statuses =
    "Exit status: 0 found, 1 nothing found, 2 usage or query, 3 lines of a file of\n"
    "queries, 4 I/O, 6 no index or one of another version, 7 index damaged, 8 a limit\n"
    "was reached.\n";

// Help behind the thing it is about, from `column` on, broken to 80 columns.
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

}  // namespace

std::span<const Command* const> commands() {
    return k_commands;
}

std::string general_help() {
    std::string help =
        "Usage: smallprint COMMAND [OPTION]... [ARGUMENT]...\n\n"
        "Searches archives of privacy policies at the level of the clause, over time.\n\n"
        "Commands:\n";
    for (const Command* command : k_commands) {
        help += fmt::format("  {:<9}{}\n", command->name, command->summary);
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

std::string command_help(const Command& command, const OptionRows& rows) {
    std::size_t column = 0;
    for (const OptionRow& row : rows) {
        column = std::max(column, row.name.size() + row.value.size() + 11);
    }
    std::string help = fmt::format("Usage: smallprint {} {}\n\n{}\nOptions:\n", command.name,
                                   command.arguments, command.about);
    for (const OptionRow& row : rows) {
        help += option_help(row, column);
    }
    if (command.syntax_help != nullptr) {
        help += command.syntax_help();
    }
    return help + fmt::format("\nExamples:\n{}\n{}", command.examples, k_exit_statuses);
}

std::string query_syntax_help() {
    constexpr std::size_t column = 15;
    std::string help =
        "\nA QUERY finds clauses (A and B are words, phrases or groups in brackets):\n";
    for (const query::SyntaxRow& row : query::k_syntax) {
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
           "of them: 2014..2018, 2016-03.. or ..2015. Numbers of words are written likewise.\n";
}

}  // namespace smallprint::cli

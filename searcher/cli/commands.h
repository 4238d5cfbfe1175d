// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/cli/options.h"

#include <span>
#include <string>
#include <string_view>

namespace smallprint::cli {

// A command of the searching program: what help tells of it, and what it does.
struct Command {
    std::string_view name;
    std::string_view arguments;      // that stand after the name, such as "[OPTION]... ID|VENDOR"
    std::string_view summary;        // one line, without a full stop
    std::string_view about = "";     // some lines
    std::string_view examples = "";  // a line each
    // Takes the words after the name and returns the exit status.
    int (*run)(const Command& command, const Arguments& arguments);
    // Added to the hint about an option that is unknown.
    std::string_view more_hint = "";
    // Stands before the examples; null if there is none.
    std::string (*syntax_help)() = nullptr;
};

// Each stands in the file of its name.
extern const Command k_index_command;
extern const Command k_search_command;
extern const Command k_show_command;
extern const Command k_history_command;
extern const Command k_diff_command;
extern const Command k_trend_command;
extern const Command k_vendors_command;
extern const Command k_export_command;
extern const Command k_info_command;
extern const Command k_check_command;
extern const Command k_serve_command;

// All of them, in the order of help.
std::span<const Command* const> commands();

// The text of `smallprint --help`.
std::string general_help();

// The text of `smallprint search --help`, where `rows` are the options of search.
std::string command_help(const Command& command, const OptionRows& rows);

// The operators and fields of a query, for help.
std::string query_syntax_help();

}  // namespace smallprint::cli

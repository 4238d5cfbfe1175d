// SPDX-License-Identifier: GPL-2.0-or-later
// smallprint: finds clauses in an index of policies, and shows them.
#include "common/base/error.h"
#include "common/base/version.h"
#include "common/text/nearest.h"
#include "searcher/cli/check.h"
#include "searcher/cli/diff.h"
#include "searcher/cli/export.h"
#include "searcher/cli/history.h"
#include "searcher/cli/index.h"
#include "searcher/cli/info.h"
#include "searcher/cli/option_table.h"
#include "searcher/cli/options.h"
#include "searcher/cli/output.h"
#include "searcher/cli/search.h"
#include "searcher/cli/serve.h"
#include "searcher/cli/show.h"
#include "searcher/cli/trend.h"
#include "searcher/cli/vendors.h"

#include <fmt/format.h>

#include <signal.h>

#include <array>
#include <csignal>
#include <exception>
#include <new>
#include <string>
#include <vector>

namespace smallprint {
namespace {

struct Dispatch {
    Command command;
    int (*run)(const Arguments& arguments);
};

constexpr std::array k_dispatch = {
    Dispatch{Command::index, run_index_command},
    Dispatch{Command::search, run_search_command},
    Dispatch{Command::show, run_show_command},
    Dispatch{Command::history, run_history_command},
    Dispatch{Command::diff, run_diff_command},
    Dispatch{Command::trend, run_trend_command},
    Dispatch{Command::vendors, run_vendors_command},
    Dispatch{Command::exports, run_export_command},
    Dispatch{Command::info, run_info_command},
    Dispatch{Command::check, run_check_command},
    Dispatch{Command::serve, run_serve_command},
};

int unknown_command(const std::string& name, OutputFormat format) {
    std::vector<std::string> known;
    for (const CommandRow& row : command_rows()) {
        known.emplace_back(row.name);
    }
    const std::string meant = nearest(name, known);
    const bool is_option = name.starts_with("-");
    return report({ErrorCode::usage,
                   is_option ? fmt::format("unknown option '{}' before a command", name)
                             : fmt::format("there is no command '{}'", name),
                   is_option       ? "options go after the command; see `smallprint --help`"
                   : meant.empty() ? "`smallprint --help` lists the commands"
                                   : fmt::format("did you mean `smallprint {}`?", meant)},
                  format);
}

int run(Arguments arguments) {
    if (arguments.empty()) {
        return report({ErrorCode::usage, "no command given", "see `smallprint --help`"},
                      OutputFormat::text);
    }
    const std::string first = arguments.front();
    arguments.erase(arguments.begin());
    if (first == "--version") {
        return finish(print(fmt::format("smallprint {}\n", k_version)), OutputFormat::text);
    }
    if (first == "--help" || first == "-h" || (first == "help" && arguments.empty())) {
        return finish(print(general_help()), OutputFormat::text);
    }
    if (first == "help") {
        return run({arguments.front(), "--help"});
    }
    for (const Dispatch& dispatch : k_dispatch) {
        if (row_of(dispatch.command).name == first) {
            return dispatch.run(arguments);
        }
    }
    return unknown_command(first, wanted_format(arguments));
}

}  // namespace
}  // namespace smallprint

int main(int argc, char** argv) {
    using namespace smallprint;
    // A reader that has seen enough ends us quietly, whatever our parent thought of the signal.
    std::signal(SIGPIPE, SIG_DFL);
    try {
        return run(Arguments(argv + (argc > 0 ? 1 : 0), argv + argc));
    } catch (const std::bad_alloc&) {
        return report({ErrorCode::limit, "not enough memory"}, OutputFormat::text);
    } catch (const std::exception& error) {
        return report({ErrorCode::limit, error.what()}, OutputFormat::text);
    }
}

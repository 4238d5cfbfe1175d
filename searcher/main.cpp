// SPDX-License-Identifier: GPL-2.0-or-later
// smallprint: finds clauses in an index of policies, and shows them.
#include "common/base/error.h"
#include "common/cli/options.h"
#include "common/text/nearest.h"
#include "searcher/cli/commands.h"
#include "searcher/cli/options.h"
#include "searcher/cli/runner.h"
#include "searcher/request/requests.h"

#include <fmt/format.h>

#include <signal.h>

#include <csignal>
#include <exception>
#include <new>
#include <string>
#include <vector>

namespace smallprint {
namespace {

int report_unknown(const std::string& name, request::OutputFormat format) {
    std::vector<std::string> known;
    for (const cli::Command* command : cli::commands()) {
        known.emplace_back(command->name);
    }
    const std::string meant = text::nearest(name, known);
    const bool is_option = name.starts_with("-");
    return cli::report({ErrorCode::usage,
                        is_option ? fmt::format("unknown option '{}' before a command", name)
                                  : fmt::format("there is no command '{}'", name),
                        is_option       ? "options go after the command; see `smallprint --help`"
                        : meant.empty() ? "`smallprint --help` lists the commands"
                                        : fmt::format("did you mean `smallprint {}`?", meant)},
                       format);
}

int run(cli::Arguments arguments) {
    if (arguments.empty()) {
        return cli::report({ErrorCode::usage, "no command given", "see `smallprint --help`"},
                           request::OutputFormat::text);
    }
    const std::string first = arguments.front();
    arguments.erase(arguments.begin());
    if (first == "--version") {
        return cli::finish(cli::print(cli::version_text()), request::OutputFormat::text);
    }
    if (first == "--help" || first == "-h" || (first == "help" && arguments.empty())) {
        return cli::finish(cli::print(cli::general_help()), request::OutputFormat::text);
    }
    if (first == "help") {
        return run({arguments.front(), "--help"});
    }
    for (const cli::Command* command : cli::commands()) {
        if (command->name == first) {
            return command->run(*command, arguments);
        }
    }
    return report_unknown(first, cli::wanted_format(arguments));
}

}  // namespace
}  // namespace smallprint

int main(int argc, char** argv) {
    using namespace smallprint;
    // A reader that has seen enough ends us quietly, whatever our parent thought of the signal.
    std::signal(SIGPIPE, SIG_DFL);
    try {
        return run(cli::Arguments(argv + (argc > 0 ? 1 : 0), argv + argc));
    } catch (const std::bad_alloc&) {
        return cli::report({ErrorCode::limit, "not enough memory"}, request::OutputFormat::text);
    } catch (const std::exception& error) {
        return cli::report({ErrorCode::limit, error.what()}, request::OutputFormat::text);
    }
}

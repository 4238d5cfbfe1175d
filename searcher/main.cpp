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

int report_unknown(const std::string& name, OutputFormat format) {
    std::vector<std::string> known;
    for (const Command* command : commands()) {
        known.emplace_back(command->name);
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
        return finish(print(version_text()), OutputFormat::text);
    }
    if (first == "--help" || first == "-h" || (first == "help" && arguments.empty())) {
        return finish(print(general_help()), OutputFormat::text);
    }
    if (first == "help") {
        return run({arguments.front(), "--help"});
    }
    for (const Command* command : commands()) {
        if (command->name == first) {
            return command->run(*command, arguments);
        }
    }
    return report_unknown(first, wanted_format(arguments));
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

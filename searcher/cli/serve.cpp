// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/cli/serve.h"

#include "common/base/result.h"
#include "searcher/cli/option_table.h"
#include "searcher/cli/options.h"
#include "searcher/cli/output.h"
#include "searcher/cli/serve_options.h"
#include "searcher/http/server/server.h"

#include <fmt/format.h>

#include <signal.h>

#include <csignal>

namespace smallprint {

int run_serve_command(const Arguments& arguments) {
    const auto options = parse_serve_options(arguments);
    if (!options) {
        return report(options.error(), OutputFormat::text);
    }
    if (options->common.help || options->common.version) {
        return finish(print_about(Command::serve, options->common), OutputFormat::text);
    }
    // Clients that go, and a reader of the access log that does, are no reason to end.
    std::signal(SIGPIPE, SIG_IGN);
    auto server = Server::start(options->settings);
    if (!server) {
        return report(server.error(), OutputFormat::text);
    }
    if (const auto printed = print(fmt::format("listening on {}\n", server->address())); !printed) {
        return report(printed.error(), OutputFormat::text);
    }
    server->run();
    return k_found;
}

}  // namespace smallprint

// SPDX-License-Identifier: GPL-2.0-or-later
// smallprint-index: reads archives and publishes an index. `smallprint index` runs it.
#include "common/base/error.h"
#include "common/base/result.h"
#include "common/base/version.h"
#include "common/cli/options.h"
#include "common/io/file.h"
#include "common/text/utf8.h"
#include "indexer/options.h"
#include "indexer/pipeline/pipeline.h"
#include "indexer/progress.h"
#include "indexer/report.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <unistd.h>

#include <atomic>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <exception>
#include <new>
#include <string>
#include <system_error>

namespace smallprint {
namespace {

std::atomic<bool> stop_requested = false;  // NOLINT: a signal handler has nowhere else to write

// The same signal once more ends us at once, which loses nothing that was published.
void request_stop(int signal) {
    stop_requested = true;
    std::signal(signal, SIG_DFL);
}

void set_up_signals() {
    std::signal(SIGINT, request_stop);
    std::signal(SIGTERM, request_stop);
    // A full pipe or disk is an error to report, not a reason to die.
    std::signal(SIGPIPE, SIG_IGN);  // NOLINT(misc-include-cleaner): <csignal> it is
    std::signal(SIGXFSZ, SIG_IGN);  // NOLINT(misc-include-cleaner)
}

std::string now_utc() {
    return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(std::chrono::system_clock::now()));
}

// To stderr, whose failing is nobody's to hear about.
void say(const std::string& text) {
    (void)std::fwrite(text.data(), 1, text.size(), stderr);
}

int report(const Error& error) {
    say("smallprint: " + text::terminal_safe(error.message) + "\n");
    if (!error.hint.empty()) {
        say("hint: " + text::terminal_safe(error.hint) + "\n");
    }
    return exit_status(error.code);
}

Result<void> run(const cli::Arguments& arguments) {
    TRY_ASSIGN(indexer::IndexOptions options, indexer::parse_options(arguments));
    if (options.help) {
        fmt::print("{}", indexer::help_text());
        return {};
    }
    if (options.version) {
        fmt::print("smallprint {}\n", k_version);
        return {};
    }
    indexer::ProgressLine line(options.quiet                  ? indexer::ProgressStyle::none
                               : ::isatty(STDERR_FILENO) == 1 ? indexer::ProgressStyle::bar
                                                              : indexer::ProgressStyle::lines);
    options.run.created = now_utc();
    options.run.on_progress = [&](const pipeline::Progress& progress) { line.show(progress); };
    options.run.stop_requested = [] { return stop_requested.load(); };
    const auto done = pipeline::run_pipeline(options.run);
    line.clear();
    if (!done) {
        return fail(done.error());
    }
    if (!options.report.empty()) {
        TRY(io::write_file(options.report, indexer::report_json(*done, line.elapsed())));
    }
    if (!options.quiet) {
        say(indexer::summary_text(
            *done, options.verbose ? indexer::Detail::verbose : indexer::Detail::usual,
            line.elapsed()));
    }
    return {};
}

}  // namespace
}  // namespace smallprint

int main(int argc, char** argv) {
    using namespace smallprint;
    set_up_signals();
    io::raise_file_limit();
    try {
        const auto done = run(cli::Arguments(argv + (argc > 0 ? 1 : 0), argv + argc));
        if (done) {
            return 0;
        }
        return report(done.error());
    } catch (const std::bad_alloc&) {
        return report({ErrorCode::machine, "not enough memory", "the index is as it was before"});
    } catch (const std::system_error& error) {
        return report({ErrorCode::io, error.what()});
    } catch (const std::exception& error) {
        return report({ErrorCode::limit, error.what()});
    }
}

// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/cli/runner.h"

#include "common/base/error.h"
#include "common/base/result.h"
#include "common/base/version.h"
#include "common/cli/options.h"
#include "common/io/file.h"
#include "common/text/thesaurus.h"
#include "searcher/cli/commands.h"
#include "searcher/cli/options.h"
#include "searcher/engine/engine.h"
#include "searcher/json/json.h"
#include "searcher/request/requests.h"
#include "searcher/terminal/page.h"
#include "searcher/terminal/terminal.h"
#include "searcher/terminal/text.h"
#include "searcher/told/styled_text.h"

#include <fmt/format.h>

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <sstream>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

namespace smallprint::cli {
namespace {

constexpr std::size_t k_largest_thesaurus = std::size_t{4} << 20U;

Failure in_file(Error error, const std::string& file) {
    error.message = fmt::format("{}: {}", file, error.message);
    return fail(std::move(error));
}

constexpr const char* k_usual_pager = "less -FRX";

bool is_in_path(const std::string& program) {
    const char* path = std::getenv("PATH");  // NOLINT(concurrency-mt-unsafe): before any thread
    std::istringstream folders(path == nullptr ? "" : path);
    for (std::string folder; std::getline(folders, folder, ':');) {
        if (::access((std::filesystem::path(folder) / program).c_str(), X_OK) == 0) {
            return true;
        }
    }
    return false;
}

// The command to page with; empty where there is none or the user wants none.
std::string pager() {
    const char* wanted = std::getenv("PAGER");  // NOLINT(concurrency-mt-unsafe): before any thread
    if (wanted != nullptr) {
        return std::string(wanted) == "cat" ? "" : wanted;
    }
    return is_in_path("less") ? k_usual_pager : "";
}

// Gives the text to a pager and waits for its end. Whoever leaves it early has seen enough, and a
// Ctrl-C in it is its own business.
bool paged(std::string_view text, const std::string& command) {
    ::setenv("LESS", "FRX", 0);           // for a $PAGER that is less, without options
    ::setenv("LESSCHARSET", "utf-8", 0);  // ours is, whatever the locale
    std::fflush(stdout);
    FILE* pipe = ::popen(command.c_str(), "w");
    if (pipe == nullptr) {
        return false;
    }
    const auto on_pipe = std::signal(SIGPIPE, SIG_IGN);
    const auto on_interrupt = std::signal(SIGINT, SIG_IGN);
    std::fwrite(text.data(), 1, text.size(), pipe);
    const int status = ::pclose(pipe);
    std::signal(SIGPIPE, on_pipe);
    std::signal(SIGINT, on_interrupt);
    constexpr int not_found = 127;  // what the shell says of a command that is not there
    return !(WIFEXITED(status) && WEXITSTATUS(status) == not_found);
}

}  // namespace

Result<void> print(std::string_view text) {
    errno = 0;
    const bool written = std::fwrite(text.data(), 1, text.size(), stdout) == text.size();
    if (!written || std::fflush(stdout) != 0) {
        const std::error_code why(errno, std::generic_category());
        return fail(errno == ENOSPC ? ErrorCode::no_space : ErrorCode::io,
                    fmt::format("cannot write to standard output: {}", why.message()));
    }
    return {};
}

Result<void> print_page(std::string_view text) {
    const terminal::Terminal terminal = terminal::look_at_terminal();
    const auto lines = static_cast<std::size_t>(std::ranges::count(text, '\n'));
    if (terminal.is_terminal && lines + 1 > terminal.rows) {
        const std::string command = pager();
        if (!command.empty() && paged(text, command)) {
            return {};
        }
    }
    return print(text);
}

std::string version_text() {
    return fmt::format("smallprint {}\n", k_version);
}

int report(const Error& error, request::OutputFormat format, std::string_view query) {
    const std::string text =
        format == request::OutputFormat::json || format == request::OutputFormat::jsonl
            ? json::error_json(error)
            : terminal::error_text(error, query);
    std::fwrite(text.data(), 1, text.size(), stderr);
    return exit_status(error.code);
}

void tell_notes(const std::vector<std::string>& notes, terminal::Detail detail,
                std::string_view where) {
    terminal::Page page({.width = 0, .colour = terminal::Colour::off});
    for (const std::string& note : notes) {
        page.add_line(
            {{told::Style::plain,
              where.empty() ? "note: " + note : fmt::format("note: {}: {}", where, note)}});
    }
    if (detail != terminal::Detail::brief) {
        fmt::print(stderr, "{}", page.rendered());
    }
}

int finish(const Result<void>& printed, request::OutputFormat format) {
    return printed ? k_found : report(printed.error(), format);
}

UsageHints usage_hints(const Command& command) {
    const std::string hint = fmt::format("see `smallprint {} --help`", command.name);
    return {.any = hint, .unknown_option = hint + std::string(command.more_hint)};
}

Result<engine::Engine> open_engine(const CommonOptions& options) {
    TRY_ASSIGN(engine::Engine engine, engine::Engine::open(options.index));
    if (options.thesaurus.empty()) {
        return engine;
    }
    TRY_ASSIGN(const std::string text, io::read_file(options.thesaurus, k_largest_thesaurus + 1));
    if (text.size() > k_largest_thesaurus) {
        return fail(ErrorCode::limit, fmt::format("{} is larger than {} MiB", options.thesaurus,
                                                  k_largest_thesaurus >> 20U));
    }
    const auto thesaurus = text::Thesaurus::parse(text);
    if (!thesaurus) {
        return in_file(thesaurus.error(), options.thesaurus);
    }
    if (const auto used = engine.use(*thesaurus); !used) {
        return in_file(used.error(), options.thesaurus);
    }
    return engine;
}

}  // namespace smallprint::cli

// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/error.h"
#include "common/base/result.h"
#include "common/cli/options.h"
#include "searcher/cli/commands.h"
#include "searcher/cli/options.h"
#include "searcher/engine/engine.h"
#include "searcher/request/requests.h"
#include "searcher/terminal/terminal.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace smallprint::cli {

// The one place where the searching program speaks: answers to stdout, errors to stderr.

inline constexpr int k_found = 0;
inline constexpr int k_nothing_found = 1;

// Writes an answer. A full disk or a reader that has gone is ErrorCode::io.
Result<void> print(std::string_view text);

// The same through $PAGER (else `less -FRX`) where stdout is a terminal and the text is longer.
Result<void> print_page(std::string_view text);

// The line of --version.
std::string version_text();

// Tells an error on stderr and gives the exit status that goes with it. `query` is the text that
// the error's position is in.
int report(const Error& error, request::OutputFormat format, std::string_view query = {});

// Tells on stderr how a query was read, for formats whose lines have no place for it. `where` is
// the line of a file that the query stands in.
void tell_notes(const std::vector<std::string>& notes, terminal::Detail detail,
                std::string_view where = {});

// The exit status after printing: that of the error where it failed, which is told.
int finish(const Result<void>& printed, request::OutputFormat format);

// The way that every command goes: it reads its options, says what it is where that is asked for,
// acts, and reports what went wrong.

UsageHints usage_hints(const Command& command);

template <typename Options>
Result<Options> parse_options(const Command& command, const Arguments& arguments) {
    Options options;
    TRY_ASSIGN(const Arguments words,
               read_command_line(arguments, options.rows(), usage_hints(command)));
    if (!options.help && !options.version) {
        TRY(options.accept(words, command.name));
    }
    return options;
}

// `act` returns the exit status of an answer.
template <typename Options, Result<int> (*act)(Options& options)>
int run_command(const Command& command, const Arguments& arguments) {
    auto options = parse_options<Options>(command, arguments);
    if (!options) {
        return report(options.error(), wanted_format(arguments));
    }
    if (options->help || options->version) {
        return finish(
            print(options->help ? command_help(command, options->rows()) : version_text()),
            options->format);
    }
    options->layout = terminal::layout_for(terminal::look_at_terminal(), options->colour);
    const auto status = act(*options);
    return status ? *status : report(status.error(), options->format, options->query);
}

// The index that the command line names, with its --thesaurus where there is one. A mistake in that
// is ErrorCode::input, with the line.
Result<engine::Engine> open_engine(const CommonOptions& options);

// How an answer is written in a format.
template <typename Options, typename Answer> struct View {
    request::OutputFormat format;
    std::string (*write)(const Answer& answer, const Options& options);
};

template <typename Views> std::vector<request::OutputFormat> formats_of(const Views& views) {
    std::vector<request::OutputFormat> formats(views.size());
    std::ranges::transform(views, formats.begin(), [](const auto& view) { return view.format; });
    return formats;
}

// Prints the answer in the format that is asked for, one of the views.
template <typename Options, typename Answer, std::size_t Count>
Result<void> print_view(const std::array<View<Options, Answer>, Count>& views, const Answer& answer,
                        const Options& options) {
    const auto* const view =
        std::ranges::find(views, options.format, &View<Options, Answer>::format);
    const auto index = static_cast<std::size_t>(view - views.data());
    const std::string text = views.at(index).write(answer, options);
    return options.format == request::OutputFormat::text ? print_page(text) : print(text);
}

}  // namespace smallprint::cli

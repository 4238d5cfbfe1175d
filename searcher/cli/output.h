// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/error.h"
#include "common/base/result.h"
#include "searcher/cli/option_table.h"
#include "searcher/cli/options.h"
#include "searcher/text/terminal.h"

#include <string_view>

namespace smallprint {

// The one place where the searching program speaks: answers to stdout, errors to stderr.

inline constexpr int k_found = 0;
inline constexpr int k_nothing_found = 1;

// Writes an answer. A full disk or a reader that has gone is ErrorCode::io.
Result<void> print(std::string_view text);

// The same through $PAGER (else `less -FRX`) where stdout is a terminal and the text is longer.
Result<void> print_page(std::string_view text, const Terminal& terminal);

// What --help and --version print, whichever was asked for.
Result<void> print_about(Command command, const CommonOptions& options);

// Tells an error on stderr and gives the exit status that goes with it. `query` is the text that
// the error's position is in.
int report(const Error& error, OutputFormat format, std::string_view query = {});

// The exit status of a command that printed its answer, or could not.
int finish(const Result<void>& printed, OutputFormat format, int status = k_found);

}  // namespace smallprint

// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/result.h"
#include "searcher/cli/option_table.h"
#include "searcher/request/filters.h"

#include <string>
#include <vector>

namespace smallprint {

// The words of a command line, told apart but not yet understood.

struct GivenOption {
    Flag flag;
    std::string name;   // "--from", for messages
    std::string value;  // empty for a switch
    const FilterRow* filter = nullptr;
};

struct CommandLine {
    std::vector<GivenOption> options;  // in the order given
    std::vector<std::string> words;    // all else, and everything after `--`
};

Result<CommandLine> split_command_line(Command command, const std::vector<std::string>& arguments);

}  // namespace smallprint

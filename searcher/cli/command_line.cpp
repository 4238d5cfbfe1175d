// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/cli/command_line.h"

#include "common/base/error.h"
#include "common/base/result.h"
#include "common/text/nearest.h"
#include "searcher/cli/option_table.h"

#include <boost/program_options.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

namespace smallprint {
namespace {

namespace po = boost::program_options;

po::options_description description_of(const std::vector<OptionRow>& rows) {
    po::options_description description;
    for (const OptionRow& row : rows) {
        std::string names(row.name);
        if (row.letter != 0) {
            names += fmt::format(",{}", row.letter);
        }
        if (row.value.empty()) {
            description.add_options()(names.c_str(), "");
        } else {
            description.add_options()(names.c_str(), po::value<std::string>(), "");
        }
    }
    return description;
}

Failure usage_error(Command command, const std::string& message, const std::string& hint = {}) {
    return fail(ErrorCode::usage, message,
                hint.empty() ? fmt::format("see `smallprint {} --help`", row_of(command).name)
                             : hint);
}

Failure unknown_option(Command command, const std::string& option) {
    std::vector<std::string> known;
    for (const OptionRow& row : options_of(command)) {
        known.push_back(fmt::format("--{}", row.name));
    }
    const std::string meant = option.starts_with("--") ? nearest(option, known) : "";
    const std::string hint = !meant.empty() ? fmt::format("did you mean {}?", meant)
                             : command == Command::search
                                 ? "see `smallprint search --help`; words of the query that begin "
                                   "with '-' go after `--`"
                                 : "";
    return usage_error(command, fmt::format("unknown option '{}'", option), hint);
}

// The row of an option as Program_options names it.
const OptionRow* find_row(const std::vector<OptionRow>& rows, const std::string& key) {
    const auto found = std::ranges::find_if(rows, [&](const OptionRow& row) {
        return row.name == key || (row.letter != 0 && key == std::string{'-', row.letter});
    });
    return found == rows.end() ? nullptr : &*found;
}

CommandLine sorted(const std::vector<po::option>& parsed, const std::vector<OptionRow>& rows) {
    CommandLine line;
    for (const po::option& option : parsed) {
        const OptionRow* row = find_row(rows, option.string_key);
        if (row == nullptr) {
            line.words.insert(line.words.end(), option.value.begin(), option.value.end());
        } else {
            line.options.push_back({row->flag, fmt::format("--{}", row->name),
                                    option.value.empty() ? "" : option.value.front(), row->filter});
        }
    }
    return line;
}

}  // namespace

Result<CommandLine> split_command_line(Command command, const std::vector<std::string>& arguments) {
    const std::vector<OptionRow> rows = options_of(command);
    const po::options_description description = description_of(rows);
    namespace style = po::command_line_style;
    try {
        const auto parsed = po::command_line_parser(arguments)
                                .options(description)
                                .style(style::unix_style & ~style::allow_guessing)
                                .run();
        return sorted(parsed.options, rows);
    } catch (const po::unknown_option& error) {
        return unknown_option(command, error.get_option_name());
    } catch (const po::invalid_command_line_syntax& error) {
        const bool needless = error.kind() == po::invalid_syntax::extra_parameter;
        return usage_error(command, fmt::format("option '{}' {}", error.get_option_name(),
                                                needless ? "takes no value" : "needs a value"));
    } catch (const po::error& error) {
        return usage_error(command, error.what());
    }
}

}  // namespace smallprint

// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/cli/options.h"

#include "common/base/error.h"
#include "common/base/result.h"
#include "common/base/strings.h"
#include "common/model/date.h"
#include "common/text/nearest.h"

#include <boost/program_options.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace smallprint::cli {
namespace {

namespace po = boost::program_options;

po::options_description describe(const OptionRows& rows) {
    po::options_description description("Options");
    for (const OptionRow& row : rows) {
        const std::string names =
            row.letter == 0 ? std::string(row.name) : fmt::format("{},{}", row.name, row.letter);
        if (row.value.empty()) {
            description.add_options()(names.c_str(), row.help.c_str());
        } else {
            auto* const value = po::value<std::string>()->value_name(std::string(row.value));
            description.add_options()(names.c_str(), value, row.help.c_str());
        }
    }
    return description;
}

Failure unknown_option(const std::string& option, const OptionRows& rows, const UsageHints& hints) {
    std::vector<std::string> known;
    for (const OptionRow& row : rows) {
        known.push_back(fmt::format("--{}", row.name));
    }
    const std::string meant = option.starts_with("--") ? text::nearest(option, known) : "";
    return fail(ErrorCode::usage, fmt::format("unknown option '{}'", option),
                meant.empty() ? hints.unknown_option : fmt::format("did you mean {}?", meant));
}

// The options and words in the order given; a word has no key.
Result<std::vector<po::option>> split(const Arguments& arguments, const OptionRows& rows,
                                      const UsageHints& hints) {
    const po::options_description description = describe(rows);
    namespace style = po::command_line_style;
    try {
        return po::command_line_parser(arguments)
            .options(description)
            .style(style::unix_style & ~style::allow_guessing)
            .run()
            .options;
    } catch (const po::unknown_option& error) {
        return unknown_option(error.get_option_name(), rows, hints);
    } catch (const po::invalid_command_line_syntax& error) {
        const bool needless = error.kind() == po::invalid_syntax::extra_parameter;
        return fail(ErrorCode::usage,
                    fmt::format("option '{}' {}", error.get_option_name(),
                                needless ? "takes no value" : "needs a value"),
                    hints.any);
    } catch (const po::error& error) {
        return fail(ErrorCode::usage, error.what(), hints.any);
    }
}

}  // namespace

Result<Arguments> read_command_line(const Arguments& arguments, const OptionRows& rows,
                                    const UsageHints& hints) {
    TRY_ASSIGN(const std::vector<po::option> given, split(arguments, rows, hints));
    Arguments words;
    for (const po::option& option : given) {
        const auto row = std::ranges::find_if(rows, [&](const OptionRow& candidate) {
            return candidate.name == option.string_key ||
                   (candidate.letter != 0 &&
                    option.string_key == std::string{'-', candidate.letter});
        });
        if (row == rows.end()) {
            words.insert(words.end(), option.value.begin(), option.value.end());
        } else {
            TRY(row->set({fmt::format("--{}", row->name),
                          option.value.empty() ? "" : option.value.front()}));
        }
    }
    return words;
}

std::string list_options(const OptionRows& rows) {
    std::ostringstream out;
    out << describe(rows);
    return out.str();
}

Failure wrong_value(const GivenOption& option, std::string_view wanted) {
    return fail(ErrorCode::usage,
                fmt::format("{} wants {}, not '{}'", option.name, wanted, option.value));
}

Result<DaySpan> parse_days(const GivenOption& option) {
    const auto span = parse_date(option.value);
    if (!span) {
        return wrong_value(option, k_date_form);
    }
    return *span;
}

Result<std::string> parse_text(const GivenOption& option) {
    if (is_blank(option.value, " \t")) {
        return fail(ErrorCode::usage, fmt::format("{} needs a value", option.name));
    }
    return option.value;
}

Setter add_text(std::vector<std::string>& place) {
    return [&place](const GivenOption& option) -> Result<void> {
        TRY_ASSIGN(std::string text, parse_text(option));
        place.push_back(std::move(text));
        return {};
    };
}

Setter set_day(std::optional<Day>& place, Day DaySpan::* end) {
    return [&place, end](const GivenOption& option) -> Result<void> {
        TRY_ASSIGN(const DaySpan span, parse_days(option));
        place = span.*end;
        return {};
    };
}

}  // namespace smallprint::cli

// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/enum_names.h"
#include "common/base/result.h"
#include "common/base/strings.h"
#include "common/model/date.h"

#include <fmt/format.h>

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace smallprint::cli {

// The one way in which both programs read a command line. An option is a row that says how it is
// written, what help tells of it, and where its value goes.

// The words of a command line after the name of the program and the command.
using Arguments = std::vector<std::string>;

struct GivenOption {
    std::string name;   // "--from", for messages
    std::string value;  // empty for a switch
};

// Takes over a value. A value that makes no sense is ErrorCode::usage and names the option.
using Setter = std::function<Result<void>(const GivenOption& option)>;

struct OptionRow {
    std::string_view name;
    char letter = 0;         // 0 if it has none
    std::string_view value;  // what stands after it, empty for a switch
    std::string help;
    Setter set;
};

using OptionRows = std::vector<OptionRow>;

// What to do about a mistake.
struct UsageHints {
    std::string any;             // such as "see `smallprint show --help`"
    std::string unknown_option;  // the same for an option that is like no other
};

// Calls the setters in the order given, and returns all other words and those after `--`. A mistake
// is ErrorCode::usage; one in how the options are written is found before any setter is called.
Result<Arguments> read_command_line(const Arguments& arguments, const OptionRows& rows,
                                    const UsageHints& hints);

// The rows as a list for people, 80 columns wide.
std::string list_options(const OptionRows& rows);

// Setters. Each refers to the place that it sets, which has to outlive it.

// "--from wants a date, not 'soon'".
Failure wrong_value(const GivenOption& option, std::string_view wanted);

Result<DaySpan> parse_days(const GivenOption& option);
Result<std::string> parse_text(const GivenOption& option);  // anything but blanks

// For a switch.
template <typename Place, typename Value> Setter set_to(Place& place, Value value) {
    return [&place, value](const GivenOption&) -> Result<void> {
        place = value;
        return {};
    };
}

// `parse` returns nothing for a text that is not what is wanted.
template <typename Place, typename Parse>
Setter set_parsed(Place& place, const Parse& parse, const std::string& wanted) {
    return [=, &place](const GivenOption& option) -> Result<void> {
        auto value = parse(option.value);
        if (!value) {
            return wrong_value(option, wanted);
        }
        if constexpr (std::is_assignable_v<Place&, decltype(value)>) {
            place = std::move(value);
        } else {
            place = static_cast<Place>(*std::move(value));
        }
        return {};
    };
}

// For an enum that has names.
template <typename Enum> Setter set_named(Enum& place) {
    return set_parsed(place, value_named<Enum>, one_of(k_names_of<Enum>));
}

template <typename Enum> Setter set_named(std::optional<Enum>& place) {
    return set_parsed(place, value_named<Enum>, one_of(k_names_of<Enum>));
}

template <typename Number> Setter set_number(Number& place, std::size_t least, std::size_t most) {
    const auto parse = [=](std::string_view text) {
        const auto number = parse_number<std::size_t>(text);
        return number && *number >= least && *number <= most ? number : std::nullopt;
    };
    return set_parsed(place, parse, fmt::format("a number from {} to {}", least, most));
}

// For a string or a path.
template <typename Text> Setter set_text(Text& place) {
    return [&place](const GivenOption& option) -> Result<void> {
        TRY_ASSIGN(place, parse_text(option));
        return {};
    };
}

// For an option that may be given several times.
Setter add_text(std::vector<std::string>& place);

// For a date, whose first or last day is meant where it is a month or a year.
Setter set_day(std::optional<Day>& place, Day DaySpan::* end);

}  // namespace smallprint::cli

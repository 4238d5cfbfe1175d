// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/enum_names.h"
#include "common/base/result.h"
#include "common/model/date.h"
#include "searcher/cli/command_line.h"
#include "searcher/request/filters.h"
#include "searcher/request/requests.h"
#include "searcher/text/terminal.h"
#include "searcher/text/text.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace smallprint {

struct CommonOptions {
    std::filesystem::path index;
    OutputFormat format = OutputFormat::text;
    ColourChoice colour = ColourChoice::automatic;
    Detail detail = Detail::normal;
    std::string thesaurus;  // a file, empty for the one that is compiled in
    bool help = false;      // asked for; the rest then is not checked
    bool version = false;   // the same
};

// Values of options, and the options that several commands have. A mistake is ErrorCode::usage and
// names the option.

inline constexpr std::array k_usual_formats = {OutputFormat::text, OutputFormat::json};
inline constexpr std::array k_table_formats = {OutputFormat::text, OutputFormat::json,
                                               OutputFormat::csv};

struct Bounds {
    std::size_t least;
    std::size_t most;
};

Failure wrong_value(const GivenOption& option, const std::string& wanted);

Result<std::size_t> number_of(const GivenOption& option, Bounds bounds);
Result<DaySpan> dates_of(const GivenOption& option);
Result<std::string> text_of(const GivenOption& option);

// One of the named values of an enum.
template <typename Enum> Result<Enum> choice_of(const GivenOption& option) {
    const auto value = value_named<Enum>(option.value);
    if (!value) {
        return wrong_value(option, one_of(k_names_of<Enum>));
    }
    return *value;
}

Result<OutputFormat> format_of(const GivenOption& option, std::span<const OutputFormat> formats);

// Options of every command; others are passed over.
Result<void> take_common(const GivenOption& option, CommonOptions& common);

// Options of k_filters; others are passed over.
Result<void> take_filter(const GivenOption& option, Filters& filters);

bool asks_for_itself(const CommonOptions& common);

// Words of a command line with blanks between them.
std::string joined(const std::vector<std::string>& words);

// That --from is not later than --to.
Result<void> check_dates(std::optional<Day> from, std::optional<Day> to, const std::string& hint);

}  // namespace smallprint

// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/cli/option_values.h"

#include "common/base/enum_names.h"
#include "common/base/error.h"
#include "common/base/result.h"
#include "common/base/strings.h"
#include "common/model/date.h"
#include "searcher/cli/command_line.h"
#include "searcher/cli/option_table.h"
#include "searcher/request/filters.h"
#include "searcher/text/terminal.h"
#include "searcher/text/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace smallprint {

Failure wrong_value(const GivenOption& option, const std::string& wanted) {
    return fail(ErrorCode::usage,
                fmt::format("{} wants {}, not '{}'", option.name, wanted, option.value));
}

Result<std::size_t> number_of(const GivenOption& option, Bounds bounds) {
    const auto number = parse_number<std::size_t>(option.value);
    if (!number || *number < bounds.least || *number > bounds.most) {
        return wrong_value(option,
                           fmt::format("a number from {} to {}", bounds.least, bounds.most));
    }
    return *number;
}

Result<DaySpan> dates_of(const GivenOption& option) {
    const auto span = parse_date(option.value);
    if (!span) {
        return wrong_value(option, std::string(k_date_form));
    }
    return *span;
}

Result<std::string> text_of(const GivenOption& option) {
    if (is_blank(option.value, " \t")) {
        return fail(ErrorCode::usage, fmt::format("{} needs a value", option.name));
    }
    return option.value;
}

Result<OutputFormat> format_of(const GivenOption& option, std::span<const OutputFormat> formats) {
    const auto format = value_named<OutputFormat>(option.value);
    if (!format || std::ranges::count(formats, *format) == 0) {
        std::vector<std::string_view> names;
        std::ranges::transform(formats, std::back_inserter(names), name_of<OutputFormat>);
        return wrong_value(option, one_of(names));
    }
    return *format;
}

Result<void> take_common(const GivenOption& option, CommonOptions& common) {
    switch (option.flag) {
    case Flag::index: {
        TRY_ASSIGN(common.index, text_of(option));
        break;
    }
    case Flag::format: {
        TRY_ASSIGN(common.format, format_of(option, k_usual_formats));
        break;
    }
    case Flag::color: {
        TRY_ASSIGN(common.colour, choice_of<ColourChoice>(option));
        break;
    }
    case Flag::thesaurus: {
        TRY_ASSIGN(common.thesaurus, text_of(option));
        break;
    }
    case Flag::quiet:
        common.detail = Detail::brief;
        break;
    case Flag::verbose:
        common.detail = Detail::full;
        break;
    case Flag::help:
        common.help = true;
        break;
    case Flag::version:
        common.version = true;
        break;
    default:
        break;
    }
    return {};
}

Result<void> take_filter(const GivenOption& option, Filters& filters) {
    if (option.filter == nullptr) {
        return {};
    }
    if (has_text(*option.filter)) {
        TRY(text_of(option));
    }
    if (const auto wanted = set_filter(*option.filter, option.value, filters)) {
        return wrong_value(option, *wanted);
    }
    return {};
}

bool asks_for_itself(const CommonOptions& common) {
    return common.help || common.version;
}

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words) {
        text += (text.empty() ? "" : " ") + word;
    }
    return text;
}

Result<void> check_dates(std::optional<Day> from, std::optional<Day> to, const std::string& hint) {
    if (from && to && *from > *to) {
        return fail(
            ErrorCode::usage,
            fmt::format("--from {} is later than --to {}", format_day(*from), format_day(*to)),
            hint);
    }
    return {};
}

}  // namespace smallprint

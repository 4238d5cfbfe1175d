// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/cli/option_values.h"

#include "common/base/error.h"
#include "common/base/result.h"
#include "common/base/strings.h"
#include "common/model/date.h"
#include "searcher/cli/command_line.h"
#include "searcher/cli/option_table.h"
#include "searcher/query/ast.h"
#include "searcher/request/requests.h"
#include "searcher/text/terminal.h"
#include "searcher/text/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace smallprint {
namespace {

struct FormatRow {
    OutputFormat format;
    std::string_view name;
};

constexpr std::array k_formats = {
    FormatRow{OutputFormat::text, "text"},   FormatRow{OutputFormat::json, "json"},
    FormatRow{OutputFormat::jsonl, "jsonl"}, FormatRow{OutputFormat::csv, "csv"},
    FormatRow{OutputFormat::trec, "trec"},
};

std::string_view name_of(OutputFormat format) {
    return std::ranges::find(k_formats, format, &FormatRow::format)->name;
}

// "text, json or csv"
std::string names_of(std::span<const OutputFormat> formats) {
    std::string names;
    for (std::size_t i = 0; i < formats.size(); ++i) {
        names += i == 0 ? "" : i + 1 == formats.size() ? " or " : ", ";
        names += name_of(formats[i]);
    }
    return names;
}

Result<ColourChoice> colour_of(const GivenOption& option) {
    if (option.value == "auto") {
        return ColourChoice::automatic;
    }
    if (option.value == "always") {
        return ColourChoice::always;
    }
    if (option.value == "never") {
        return ColourChoice::never;
    }
    return wrong_value(option, "auto, always or never");
}

Result<Change> change_of(const GivenOption& option) {
    if (option.value == "added") {
        return Change::added;
    }
    if (option.value == "removed") {
        return Change::removed;
    }
    return wrong_value(option, "added or removed");
}

Result<void> take_policy_filter(const GivenOption& option, Filters& filters) {
    std::vector<std::string>* const values = option.flag == Flag::type       ? &filters.types
                                             : option.flag == Flag::host     ? &filters.hosts
                                             : option.flag == Flag::language ? &filters.languages
                                                                             : nullptr;
    if (values != nullptr) {
        TRY_ASSIGN(std::string value, text_of(option));
        values->push_back(std::move(value));
    }
    return {};
}

}  // namespace

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
        return wrong_value(option, "a date such as 2014, 2014-03 or 2014-03-02");
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
    const auto* const row = std::ranges::find(k_formats, option.value, &FormatRow::name);
    if (row == k_formats.end() || std::ranges::count(formats, row->format) == 0) {
        return wrong_value(option, names_of(formats));
    }
    return row->format;
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
        TRY_ASSIGN(common.colour, colour_of(option));
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
    if (option.flag == Flag::vendor) {
        TRY_ASSIGN(std::string vendor, text_of(option));
        filters.vendors.push_back(std::move(vendor));
    } else if (option.flag == Flag::heading) {
        TRY_ASSIGN(filters.heading, text_of(option));
    } else if (option.flag == Flag::from) {
        TRY_ASSIGN(const DaySpan span, dates_of(option));
        filters.from = span.first;
    } else if (option.flag == Flag::to) {
        TRY_ASSIGN(const DaySpan span, dates_of(option));
        filters.to = span.last;
    } else if (option.flag == Flag::as_of) {
        TRY_ASSIGN(const DaySpan span, dates_of(option));
        filters.as_of = span.last;
    } else if (option.flag == Flag::changed) {
        TRY_ASSIGN(filters.changed, change_of(option));
    } else {
        return take_policy_filter(option, filters);
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

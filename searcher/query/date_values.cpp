// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/query/date_values.h"

#include "common/base/strings.h"
#include "common/model/date.h"
#include "searcher/query/ast.h"

#include <fmt/format.h>

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace smallprint {
namespace {

// A date in digits with other signs, or with a digit left out: "2014/5/3", "20140503".
std::optional<std::string> in_our_form(std::string_view text) {
    std::array<std::string, 3> parts;
    std::size_t count = 0;
    for (const char c : text) {
        if (is_digit(c)) {
            parts.at(count) += c;
        } else if ((c == '-' || c == '/' || c == '.') && ++count < parts.size()) {
            continue;
        } else {
            return std::nullopt;
        }
    }
    if (count == 0 && parts[0].size() == 8) {
        parts = {parts[0].substr(0, 4), parts[0].substr(4, 2), parts[0].substr(6, 2)};
        count = 2;
    }
    std::string date = parts[0];
    for (std::size_t i = 1; i <= count; ++i) {
        date += fmt::format("-{:0>2}", parts.at(i));
    }
    return parse_date(date) ? std::optional(date) : std::nullopt;
}

// The last day of the month, or the year, that a date which does not exist begins with.
std::optional<std::string> last_that_exists(std::string_view text) {
    if (text.size() == 10 && text[7] == '-' && is_digit(text[8]) && is_digit(text[9])) {
        const auto month = parse_date(text.substr(0, 7));
        return month ? std::optional(format_day(month->last)) : std::nullopt;
    }
    return std::nullopt;
}

// "2014-2018", "2014-05 - 2018": two dates with another sign between them than two dots.
std::optional<std::string> as_span(std::string_view value) {
    constexpr std::array<std::string_view, 6> signs = {"...", "-", "–", "—", ":", "/"};
    for (const std::string_view sign : signs) {
        for (std::size_t at = value.find(sign); at != std::string_view::npos;
             at = value.find(sign, at + 1)) {
            const std::string_view from = value.substr(0, at);
            const std::string_view to = value.substr(at + sign.size());
            const auto first = parse_date(from);
            const auto second = parse_date(to);
            if (first && second && first->first <= second->last) {
                return fmt::format("{}..{}", from, to);
            }
        }
    }
    return std::nullopt;
}

// The one end of a span; `repaired` is that of the date alone.
DateReading read_end(std::string_view text) {
    if (const auto span = parse_date(text)) {
        return {.days = DayRange{span->first, span->last}};
    }
    DateReading reading{.complaint = fmt::format("`{}` is no date", text)};
    reading.repaired = last_that_exists(text);
    if (reading.repaired) {
        reading.complaint = fmt::format("there is no day {}", text);
    } else {
        reading.repaired = in_our_form(text);
    }
    return reading;
}

DateReading read_single(std::string_view value) {
    DateReading reading = read_end(value);
    if (!reading.days) {
        if (const auto span = as_span(value)) {
            reading.repaired = span;
        }
    }
    return reading;
}

}  // namespace

DateReading read_day_range(std::string_view value) {
    const std::size_t dots = value.find("..");
    if (dots == std::string_view::npos) {
        return read_single(value);
    }
    const std::string_view from_text = value.substr(0, dots);
    const std::string_view to_text = value.substr(dots + 2);
    if (from_text.empty() && to_text.empty()) {
        return {.complaint = "a span needs a date before or behind the dots"};
    }
    const DateReading from =
        from_text.empty() ? DateReading{.days = DayRange{}} : read_end(from_text);
    const DateReading to = to_text.empty() ? DateReading{.days = DayRange{}} : read_end(to_text);
    if (!from.days || !to.days) {
        DateReading reading = from.days ? to : from;
        const std::optional<std::string> good_from =
            from.days ? std::optional(std::string(from_text)) : from.repaired;
        const std::optional<std::string> good_to =
            to.days ? std::optional(std::string(to_text)) : to.repaired;
        reading.repaired = good_from && good_to
                               ? std::optional(fmt::format("{}..{}", *good_from, *good_to))
                               : as_span(value);
        return reading;
    }
    if (from.days->from && to.days->to && *from.days->from > *to.days->to) {
        return {.complaint = fmt::format("{} begins after its end", value),
                .repaired = fmt::format("{}..{}", to_text, from_text)};
    }
    return {.days = DayRange{from.days->from, to.days->to}};
}

DateReading read_last_day(std::string_view value) {
    DateReading reading = read_end(value);
    if (reading.days) {
        reading.days->from = reading.days->to;
    } else if (read_day_range(value).days) {
        reading.complaint = fmt::format("as-of: takes one date, and `{}` is a span", value);
    }
    return reading;
}

}  // namespace smallprint

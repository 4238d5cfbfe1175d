// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/query/foreign_fields.h"

#include "common/base/result.h"
#include "common/base/strings.h"
#include "common/fields/field_table.h"
#include "common/model/date.h"
#include "common/text/nearest.h"
#include "searcher/query/fields.h"
#include "searcher/query/source.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace smallprint::query {
namespace {

// The date without the days that have to go, as exact as it is written: "2014" for the day before
// 2015.
std::string cut_like(Day day, std::string_view written) {
    return format_day(day).substr(0, written.size());
}

// "..2014" for what was before 2015; nothing for what is no date.
std::optional<std::string> until_before(std::string_view text) {
    const auto date = rewrite_date(text);
    const auto span = date ? parse_date(*date) : std::nullopt;
    return span ? std::optional(".." + cut_like(span->first - std::chrono::days(1), *date))
                : std::nullopt;
}

// "2015.." for what was after 2014.
std::optional<std::string> from_behind(std::string_view text) {
    const auto date = rewrite_date(text);
    const auto span = date ? parse_date(*date) : std::nullopt;
    return span ? std::optional(cut_like(span->last + std::chrono::days(1), *date) + "..")
                : std::nullopt;
}

// "2014.." and "..2014".
std::optional<std::string> from_date(std::string_view text) {
    const auto date = rewrite_date(text);
    return date ? std::optional(*date + "..") : std::nullopt;
}

std::optional<std::string> until_date(std::string_view text) {
    const auto date = rewrite_date(text);
    return date ? std::optional(".." + *date) : std::nullopt;
}

// Names of these fields in other search engines.
constexpr std::array k_other_names = {
    std::pair<std::string_view, std::string_view>{"company", "vendor"},
    std::pair<std::string_view, std::string_view>{"service", "vendor"},
    std::pair<std::string_view, std::string_view>{"site", "vendor"},
    std::pair<std::string_view, std::string_view>{"domain", "host"},
    std::pair<std::string_view, std::string_view>{"url", "host"},
    std::pair<std::string_view, std::string_view>{"title", "heading"},
    std::pair<std::string_view, std::string_view>{"section", "heading"},
    std::pair<std::string_view, std::string_view>{"ti", "heading"},
    std::pair<std::string_view, std::string_view>{"intitle", "heading"},
    std::pair<std::string_view, std::string_view>{"allintitle", "heading"},
    std::pair<std::string_view, std::string_view>{"language", "lang"},
    std::pair<std::string_view, std::string_view>{"year", "date"},
    std::pair<std::string_view, std::string_view>{"changed", "change"},
};

std::optional<std::string_view> find_other_name(std::string_view name) {
    const auto* const row =
        std::ranges::find(k_other_names, name, [](const auto& pair) { return pair.first; });
    return row == k_other_names.end() ? std::nullopt : std::optional(row->second);
}

// Fields of other search engines whose value is written in another way here.
enum class Replacement : std::uint8_t { before, after, until, address, words, none };

constexpr std::array k_replaced_fields = {
    std::pair<std::string_view, Replacement>{"before", Replacement::before},
    std::pair<std::string_view, Replacement>{"bef", Replacement::before},
    std::pair<std::string_view, Replacement>{"after", Replacement::after},
    std::pair<std::string_view, Replacement>{"aft", Replacement::after},
    std::pair<std::string_view, Replacement>{"since", Replacement::after},
    std::pair<std::string_view, Replacement>{"until", Replacement::until},
    std::pair<std::string_view, Replacement>{"inurl", Replacement::address},
    std::pair<std::string_view, Replacement>{"allinurl", Replacement::address},
    std::pair<std::string_view, Replacement>{"text", Replacement::words},
    std::pair<std::string_view, Replacement>{"intext", Replacement::words},
    std::pair<std::string_view, Replacement>{"allintext", Replacement::words},
    std::pair<std::string_view, Replacement>{"inbody", Replacement::words},
    std::pair<std::string_view, Replacement>{"body", Replacement::words},
    std::pair<std::string_view, Replacement>{"content", Replacement::words},
    std::pair<std::string_view, Replacement>{"filetype", Replacement::none},
    std::pair<std::string_view, Replacement>{"ext", Replacement::none},
};

Advice replace_dates(std::optional<std::string> span) {
    return {"the time is asked for by date:..2014, date:2016.. or date:2014..2018",
            span ? std::optional("date:" + *span) : std::nullopt};
}

}  // namespace

std::optional<std::string> rewrite_date(std::string_view text) {
    if (text.size() > 10 && text[10] == 'T' && parse_day(text.substr(0, 10))) {
        return std::string(text.substr(0, 10));
    }
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

std::optional<std::string> rewrite_comparison(std::string_view value) {
    const std::string_view bound =
        value.substr(std::min(value.find_first_not_of("<>="), value.size()));
    const std::string_view sign = value.substr(0, value.size() - bound.size());
    return sign == ">"    ? from_behind(bound)
           : sign == "<"  ? until_before(bound)
           : sign == ">=" ? from_date(bound)
           : sign == "<=" ? until_date(bound)
                          : std::nullopt;
}

std::string nearest_field(std::string_view name) {
    const std::string folded = lower_ascii(name);
    if (const auto other = find_other_name(folded)) {
        return std::string(*other);
    }
    std::vector<std::string> names;
    for (const FieldRow& row : k_fields) {
        if (row.field != Field::text) {
            names.emplace_back(row.name);
        }
    }
    return text::nearest(folded, names);
}

std::optional<Advice> replace_field(std::string_view name, std::string_view value) {
    const auto* const row = std::ranges::find(k_replaced_fields, lower_ascii(name),
                                              [](const auto& pair) { return pair.first; });
    if (row == k_replaced_fields.end()) {
        return std::nullopt;
    }
    switch (row->second) {
    case Replacement::before:
        return replace_dates(until_before(value));
    case Replacement::after:
        return replace_dates(from_date(value));
    case Replacement::until:
        return replace_dates(until_date(value));
    case Replacement::address:
        return Advice{"host: takes a whole host; other words of an address are not searched",
                      value.find('.') == std::string_view::npos || value.find('/') != value.npos
                          ? std::nullopt
                          : std::optional(fmt::format("host:{}", value))};
    case Replacement::words:
        return Advice{"words of the text are asked for without a name", std::string(value)};
    case Replacement::none:
        break;
    }
    return Advice{"clauses are found whatever file they were read from: leave it out",
                  value.empty() ? std::nullopt : std::optional<std::string>("")};
}

bool is_other_name(std::string_view name) {
    return find_other_name(lower_ascii(name)) || replace_field(name, "");
}

Result<void> refuse_comparison(QuerySource& source, SourceSpan run) {
    const std::string_view text = source.text(run);
    const std::size_t sign = text.find_first_of("=<>");
    if (sign == std::string_view::npos || (text[sign] != '=' && sign + 1 == text.size())) {
        return {};
    }
    const std::string name = lower_ascii(text.substr(0, sign));
    const auto other = find_other_name(name);
    if (!other && !field_named(name)) {
        return {};
    }
    const std::size_t value = text[sign] == '=' ? sign + 1 : sign;
    return source.mistake(
        run, fmt::format("a field has a colon behind its name, and {} has none", name),
        {fmt::format("the fields are {}", list_of_fields()),
         fmt::format("{}:{}", other ? *other : std::string_view(name), text.substr(value))});
}

Result<void> refuse_range(QuerySource& source, SourceSpan value, Field field) {
    const FieldType type = row_of(field).type;
    const std::string_view text = source.text().substr(value.begin);
    const std::size_t end = text.find_first_of("]}");
    if ((type != FieldType::days && type != FieldType::day && type != FieldType::numbers) ||
        !(text.starts_with('[') || text.starts_with('{')) || end == std::string_view::npos) {
        return {};
    }
    const std::string_view inside = text.substr(1, end - 1);
    const std::size_t to = lower_ascii(inside).find(" to ");
    if (to == std::string_view::npos) {
        return {};
    }
    const auto bound = [](std::string_view written) {
        const std::string_view shown = trimmed(written);
        return shown == "*" ? std::string_view() : shown;
    };
    return source.mistake(
        {value.begin, value.begin + end + 1}, "a range has two dots here",
        {"for example 2014..2018, 2014.. or ..2018",
         fmt::format("{}..{}", bound(inside.substr(0, to)), bound(inside.substr(to + 4)))});
}

}  // namespace smallprint::query

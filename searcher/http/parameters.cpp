// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/http/parameters.h"

#include "common/base/error.h"
#include "common/base/result.h"
#include "common/base/strings.h"
#include "common/model/date.h"
#include "common/text/nearest.h"
#include "common/text/utf8.h"
#include "searcher/http/target.h"
#include "searcher/query/fields.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace smallprint::http {
namespace {

constexpr std::size_t k_longest_text = 512;
constexpr std::size_t k_most_values = 64;  // of a parameter that may be given several times

std::string shown(std::string_view value) {
    constexpr std::size_t most = 60;
    return value.size() <= most ? std::string(value)
                                : std::string(text::utf8_prefix(value, most)) + "…";
}

// What a value has to be, in words; empty if it is.
std::string wanted_of(const ParameterRow& row, std::string_view value) {
    switch (row.kind) {
    case ParameterKind::number: {
        const auto number = parse_number<std::size_t>(value);
        return number && *number >= row.least && *number <= row.most
                   ? ""
                   : fmt::format("a number from {} to {}", row.least, row.most);
    }
    case ParameterKind::date:
        return parse_date(value) ? "" : std::string(k_date_form);
    case ParameterKind::range:
        return query::parse_number_range(value) ? "" : std::string(query::k_number_range_form);
    case ParameterKind::truth:
        return value == "true" || value == "false" ? "" : "true or false";
    case ParameterKind::choice:
        return std::ranges::find(row.choices, value) != row.choices.end()
                   ? ""
                   : fmt::format("one of: {}", fmt::join(row.choices, ", "));
    case ParameterKind::text:
        break;
    }
    const std::size_t most = row.most == 0 ? k_longest_text : row.most;
    if (is_blank(value, " \t\r\n")) {
        return "more than blanks";
    }
    return value.size() <= most ? "" : fmt::format("at most {} bytes", most);
}

Failure unknown_parameter(std::string_view name, std::span<const ParameterRow> rows) {
    std::vector<std::string> known;
    for (const ParameterRow& row : rows) {
        known.emplace_back(row.name);
    }
    const std::string meant = text::nearest(name, known);
    return fail(ErrorCode::usage, fmt::format("there is no parameter '{}' here", shown(name)),
                !meant.empty()  ? fmt::format("did you mean '{}'?", meant)
                : known.empty() ? "this address takes none"
                                : "there is: " + join(known, ", "));
}

}  // namespace

Result<Parameters> Parameters::read(std::span<const ParameterRow> rows,
                                    const std::vector<NameValue>& given) {
    Parameters parameters;
    for (const NameValue& pair : given) {
        const auto row = std::ranges::find(rows, pair.name, &ParameterRow::name);
        if (row == rows.end()) {
            return unknown_parameter(pair.name, rows);
        }
        if (pair.value.empty()) {
            continue;
        }
        const auto before = std::ranges::count(parameters.m_given, pair.name, &NameValue::name);
        const std::size_t most = row->times == Times::once ? 1 : k_most_values;
        if (static_cast<std::size_t>(before) >= most) {
            return fail(ErrorCode::usage,
                        fmt::format("'{}' is given more than {}", pair.name,
                                    most == 1 ? "once" : fmt::format("{} times", most)));
        }
        if (const std::string wanted = wanted_of(*row, pair.value); !wanted.empty()) {
            return fail(ErrorCode::usage, fmt::format("'{}' wants {}, not '{}'", pair.name, wanted,
                                                      shown(pair.value)));
        }
        const auto behind =
            std::ranges::upper_bound(parameters.m_given, pair.name, {}, &NameValue::name);
        parameters.m_given.insert(behind, pair);
    }
    for (const ParameterRow& row : rows) {
        if (row.required && parameters.text(row.name).empty()) {
            return fail(ErrorCode::usage, fmt::format("the parameter '{}' is missing", row.name));
        }
    }
    return parameters;
}

std::string Parameters::text(std::string_view name) const {
    const auto found = std::ranges::find(m_given, name, &NameValue::name);
    return found == m_given.end() ? "" : found->value;
}

std::vector<std::string> Parameters::texts(std::string_view name) const {
    std::vector<std::string> values;
    for (const NameValue& pair : m_given) {
        if (pair.name == name) {
            values.push_back(pair.value);
        }
    }
    return values;
}

std::optional<std::size_t> Parameters::number(std::string_view name) const {
    return parse_number<std::size_t>(text(name));
}

std::optional<DaySpan> Parameters::date(std::string_view name) const {
    return parse_date(text(name));
}

std::optional<bool> Parameters::truth(std::string_view name) const {
    const std::string value = text(name);
    return value.empty() ? std::nullopt : std::optional(value == "true");
}

std::string Parameters::canonical() const {
    std::string text;
    for (const NameValue& pair : m_given) {
        text += fmt::format("{}{}={}", text.empty() ? "" : "&", percent_encoded(pair.name),
                            percent_encoded(pair.value));
    }
    return text;
}

}  // namespace smallprint::http

// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/request/filters.h"

#include "common/base/enum_names.h"
#include "common/model/date.h"
#include "searcher/query/ast.h"
#include "searcher/query/fields.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace smallprint::request {
namespace {

// Sets a member by its kind.
class Setter {
public:
    Setter(const FilterRow& row, std::string_view text, Filters& filters)
        : m_row(row), m_text(text), m_filters(filters) {}

    std::optional<std::string> operator()(std::vector<std::string> Filters::* member) const {
        (m_filters.*member).emplace_back(m_text);
        return std::nullopt;
    }

    std::optional<std::string> operator()(std::string Filters::* member) const {
        m_filters.*member = m_text;
        return std::nullopt;
    }

    std::optional<std::string> operator()(std::optional<Day> Filters::* member) const {
        const auto span = parse_date(m_text);
        if (!span) {
            return std::string(k_date_form);
        }
        m_filters.*member = m_row.days == DayEnd::first ? span->first : span->last;
        return std::nullopt;
    }

    std::optional<std::string> operator()(std::optional<query::Change> Filters::* member) const {
        const auto change = value_named<query::Change>(m_text);
        if (!change) {
            return one_of(k_names_of<query::Change>);
        }
        m_filters.*member = change;
        return std::nullopt;
    }

    std::optional<std::string>
    operator()(std::optional<query::NumberRange> Filters::* member) const {
        const auto range = query::parse_number_range(m_text);
        if (!range) {
            return std::string(query::k_number_range_form);
        }
        m_filters.*member = range;
        return std::nullopt;
    }

private:
    const FilterRow& m_row;
    std::string_view m_text;
    Filters& m_filters;
};

// Writes the values of a member by its kind.
class Writer {
public:
    explicit Writer(const Filters& filters) : m_filters(filters) {}

    std::vector<std::string> operator()(std::vector<std::string> Filters::* member) const {
        return m_filters.*member;
    }

    std::vector<std::string> operator()(std::string Filters::* member) const {
        const std::string& words = m_filters.*member;
        return words.empty() ? std::vector<std::string>() : std::vector{words};
    }

    std::vector<std::string> operator()(std::optional<Day> Filters::* member) const {
        const auto& day = m_filters.*member;
        return day ? std::vector{format_day(*day)} : std::vector<std::string>();
    }

    std::vector<std::string> operator()(std::optional<query::Change> Filters::* member) const {
        const auto& change = m_filters.*member;
        return change ? std::vector{std::string(name_of(*change))} : std::vector<std::string>();
    }

    std::vector<std::string> operator()(std::optional<query::NumberRange> Filters::* member) const {
        const auto& range = m_filters.*member;
        return range ? std::vector{query::format_number_range(*range)} : std::vector<std::string>();
    }

private:
    const Filters& m_filters;
};

}  // namespace

std::optional<std::string> set_filter(const FilterRow& row, std::string_view text,
                                      Filters& filters) {
    return std::visit(Setter(row, text, filters), row.member);
}

std::vector<std::string> values_of(const FilterRow& row, const Filters& filters) {
    return std::visit(Writer(filters), row.member);
}

bool is_empty(const Filters& filters) {
    return std::ranges::all_of(
        k_filters, [&](const FilterRow& row) { return values_of(row, filters).empty(); });
}

std::string with_value(std::string_view pattern, std::string_view value) {
    const std::size_t place = pattern.find("{}");
    return std::string(pattern.substr(0, place)).append(value).append(pattern.substr(place + 2));
}

std::string filters_in_words(const Filters& filters) {
    std::string words;
    for (std::size_t kind = 0; kind < std::variant_size_v<FilterMember>; ++kind) {
        for (const FilterRow& row : k_filters) {
            const auto values = values_of(row, filters);
            if (row.member.index() == kind && !values.empty()) {
                words += " " + with_value(row.told, one_of(values));
            }
        }
    }
    return words;
}

}  // namespace smallprint::request

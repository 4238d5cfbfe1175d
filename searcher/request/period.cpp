// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/request/period.h"

#include "common/model/date.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace smallprint {
namespace {

struct LengthRow {
    std::string_view name;
    int in_a_year;
};

constexpr std::array k_lengths = {LengthRow{"year", 1}, LengthRow{"half-year", 2},
                                  LengthRow{"quarter", 4}, LengthRow{"month", 12}};
constexpr int k_months = 12;

const LengthRow& row_of(PeriodLength length) {
    return k_lengths.at(static_cast<std::size_t>(length));
}

}  // namespace

std::string_view name_of(PeriodLength length) {
    return row_of(length).name;
}

std::optional<PeriodLength> period_length(std::string_view name) {
    const auto* const row = std::ranges::find(k_lengths, name, &LengthRow::name);
    return row == k_lengths.end() ? std::nullopt
                                  : std::optional(PeriodLength(row - k_lengths.begin()));
}

Period Period::of(Day day, PeriodLength length) {
    const std::chrono::year_month_day date(day);
    const int month = static_cast<int>(unsigned{date.month()}) - 1;
    const int in_a_year = row_of(length).in_a_year;
    return {length, int{date.year()} * in_a_year + month / (k_months / in_a_year)};
}

// The numbers count from the year 0, and archives hold nothing before.
int Period::year() const {
    return m_number / row_of(m_length).in_a_year;
}

int Period::number_in_year() const {
    return m_number % row_of(m_length).in_a_year + 1;
}

Day Period::first_day() const {
    const int months = k_months / row_of(m_length).in_a_year;
    const auto month = static_cast<unsigned>((number_in_year() - 1) * months + 1);
    return std::chrono::year(year()) / std::chrono::month(month) / 1;
}

Day Period::last_day() const {
    return plus(1).first_day() - std::chrono::days(1);
}

std::string Period::name() const {
    switch (m_length) {
    case PeriodLength::year:
        return fmt::format("{:04}", year());
    case PeriodLength::half_year:
        return fmt::format("{:04}H{}", year(), number_in_year());
    case PeriodLength::quarter:
        return fmt::format("{:04}Q{}", year(), number_in_year());
    case PeriodLength::month:
        break;
    }
    return fmt::format("{:04}-{:02}", year(), number_in_year());
}

}  // namespace smallprint

// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/request/period.h"

#include "common/model/date.h"

#include <fmt/format.h>

#include <chrono>
#include <string>

namespace smallprint::request {
namespace {

constexpr int k_months = 12;

int periods_in_year(PeriodLength length) {
    switch (length) {
    case PeriodLength::year:
        return 1;
    case PeriodLength::half_year:
        return 2;
    case PeriodLength::quarter:
        return 4;
    case PeriodLength::month:
        break;
    }
    return k_months;
}

}  // namespace

Period Period::of(Day day, PeriodLength length) {
    const std::chrono::year_month_day date(day);
    const int month = static_cast<int>(unsigned{date.month()}) - 1;
    const int in_a_year = periods_in_year(length);
    return {length, int{date.year()} * in_a_year + month / (k_months / in_a_year)};
}

// The numbers count from the year 0, and archives hold nothing before.
int Period::year() const {
    return m_number / periods_in_year(m_length);
}

int Period::number_in_year() const {
    return m_number % periods_in_year(m_length) + 1;
}

Day Period::first_day() const {
    const int months = k_months / periods_in_year(m_length);
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

}  // namespace smallprint::request

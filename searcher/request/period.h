// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/enum_names.h"
#include "common/model/date.h"

#include <array>
#include <compare>
#include <cstdint>
#include <string>

namespace smallprint::request {

// Periods are the parts of the calendar that counts over time are given by.

enum class PeriodLength : std::uint8_t { year, half_year, quarter, month };

constexpr auto enum_names(PeriodLength /*length*/) {
    return std::array{
        EnumName{PeriodLength::year, "year"}, EnumName{PeriodLength::half_year, "half-year"},
        EnumName{PeriodLength::quarter, "quarter"}, EnumName{PeriodLength::month, "month"}};
}

class Period {
public:
    static Period of(Day day, PeriodLength length);

    Day first_day() const;
    Day last_day() const;

    int year() const;
    int number_in_year() const;  // from 1

    // May be negative.
    Period plus(int periods) const { return {m_length, m_number + periods}; }

    // How many periods later this one is; both of the same length.
    int since(Period earlier) const { return m_number - earlier.m_number; }

    // "2014", "2014H1", "2014Q1", "2014-03".
    std::string name() const;

    friend auto operator<=>(const Period&, const Period&) = default;

private:
    Period(PeriodLength length, int number) : m_length(length), m_number(number) {}

    PeriodLength m_length;
    int m_number;  // since the year 0
};

}  // namespace smallprint::request

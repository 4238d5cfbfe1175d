// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/model/date.h"
#include "searcher/index/clause_view.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace smallprint::html {

// Drawings as inline SVG. Places along the axis are percentages, so that a drawing fills whatever
// width it is given and its letters keep their size; colours are classes of style.css.

// An axis of days, from the start of its first year to the end of its last.
class TimeAxis {
public:
    static std::optional<TimeAxis> over(std::optional<Day> first, std::optional<Day> last);

    // The place of a day, 0 to 100. Days outside stand at the ends.
    double place(Day day) const;

    int first_year() const { return m_first_year; }

    int last_year() const { return m_last_year; }

private:
    int m_first_year = 0;
    int m_last_year = 0;
    Day m_begin;
    Day m_end;
};

// Years under a drawing, as many as fit: elements <text> at `y`.
std::string year_labels(const TimeAxis& axis, int y);

// A thin bar with the runs of a clause on it. `label` says in words what it shows.
std::string run_bar(const TimeAxis& axis, const std::vector<index::RunDates>& runs,
                    std::string_view label);

// A bar with years below, a tick for each snapshot and the runs of a clause.
struct Lifeline {
    const std::vector<index::RunDates>& runs;
    std::vector<Day> snapshots;
    std::string label;
};

std::string lifeline(const TimeAxis& axis, const Lifeline& life);

// A spike at each day, as high as its count is great; `what` names what is counted.
struct TimedCount {
    Day day;
    std::uint64_t count = 0;
};

std::string spikes(const TimeAxis& axis, const std::vector<TimedCount>& counts,
                   std::string_view what);

std::string percent(double place);  // "12.5%"

}  // namespace smallprint::html

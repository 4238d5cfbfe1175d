// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/html/svg.h"

#include "common/model/date.h"
#include "searcher/html/markup.h"
#include "searcher/index/clause_view.h"
#include "searcher/told/facts.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace smallprint::html {
namespace {

int year_of(Day day) {
    return int{std::chrono::year_month_day(day).year()};
}

Day start_of(int year) {
    return std::chrono::year(year) / std::chrono::January / 1;
}

// Wide enough to be seen where a run is a single day.
constexpr double k_least_width = 2;

void add_run(std::string& out, const TimeAxis& axis, const index::RunDates& run, int y,
             int height) {
    if (!run.first || !run.last) {
        return;
    }
    const double begin = axis.place(*run.first);
    const double width = std::max(axis.place(*run.last) - begin, k_least_width);
    fmt::format_to(std::back_inserter(out),
                   R"(<rect class="run" x="{}" y="{}" width="{}" height="{}" rx="2">)"
                   R"(<title>{} · {}</title></rect>)",
                   percent(std::min(begin, 100 - k_least_width)), y, percent(width), height,
                   told::date_span(run.first, run.last), told::counted(run.snapshots, "snapshot"));
}

}  // namespace

std::optional<TimeAxis> TimeAxis::over(std::optional<Day> first, std::optional<Day> last) {
    if (!first || !last || *last < *first) {
        return std::nullopt;
    }
    TimeAxis axis;
    axis.m_first_year = year_of(*first);
    axis.m_last_year = year_of(*last);
    axis.m_begin = start_of(axis.m_first_year);
    axis.m_end = start_of(axis.m_last_year + 1);
    return axis;
}

double TimeAxis::place(Day day) const {
    const auto whole = static_cast<double>((m_end - m_begin).count());
    const auto part = static_cast<double>((std::clamp(day, m_begin, m_end) - m_begin).count());
    return 100 * part / whole;
}

std::string percent(double place) {
    return fmt::format("{:.4g}%", place);
}

std::string year_labels(const TimeAxis& axis, int y) {
    constexpr int most = 12;
    const int years = axis.last_year() - axis.first_year() + 1;
    const int step = (years + most - 1) / most;
    constexpr int most_narrow = 6;  // on a phone
    const bool is_crowded = (years + step - 1) / step > most_narrow;
    std::string out;
    for (int i = 0; i * step < years; ++i) {
        const int year = axis.first_year() + i * step;
        fmt::format_to(std::back_inserter(out), R"(<text class="year{}" x="{}" y="{}">{}</text>)",
                       i % 2 == 0 || !is_crowded ? "" : " minor",
                       percent(axis.place(start_of(year))), y, year);
    }
    return out;
}

std::string run_bar(const TimeAxis& axis, const std::vector<index::RunDates>& runs,
                    std::string_view label) {
    std::string out =
        fmt::format(R"(<svg class="bar" role="img" aria-label="{}" width="100%" height="8">)"
                    R"(<rect class="track" x="0" y="2" width="100%" height="4" rx="2"/>)",
                    escaped(label));
    for (const index::RunDates& run : runs) {
        add_run(out, axis, run, 1, 6);
    }
    return out + "</svg>";
}

std::string lifeline(const TimeAxis& axis, const Lifeline& life) {
    std::string out =
        fmt::format(R"(<svg class="lifeline" role="img" aria-label="{}" width="100%" height="52">)"
                    R"(<rect class="track" x="0" y="12" width="100%" height="8" rx="2"/>)",
                    escaped(life.label));
    for (const index::RunDates& run : life.runs) {
        add_run(out, axis, run, 9, 14);
    }
    for (const Day day : life.snapshots) {
        fmt::format_to(
            std::back_inserter(out),
            R"(<line class="tick" x1="{0}" x2="{0}" y1="4" y2="28"><title>{1}</title></line>)",
            percent(axis.place(day)), format_day(day));
    }
    return out + year_labels(axis, 46) + "</svg>";
}

std::string spikes(const TimeAxis& axis, const std::vector<TimedCount>& counts,
                   std::string_view what) {
    constexpr double height = 48;
    constexpr double least = 3;  // where nothing is counted there still is a snapshot
    std::uint64_t most = 1;
    for (const TimedCount& one : counts) {
        most = std::max(most, one.count);
    }
    std::string out = fmt::format(
        R"(<svg class="spikes" role="img" aria-label="{}, snapshot by snapshot; at most {}" )"
        R"(width="100%" height="72"><line class="base" x1="0" x2="100%" y1="54" y2="54"/>)",
        escaped(what), most);
    for (const TimedCount& one : counts) {
        const double share = static_cast<double>(one.count) / static_cast<double>(most);
        fmt::format_to(std::back_inserter(out),
                       R"(<line class="spike" x1="{0}" x2="{0}" y1="{1:.1f}" y2="54">)"
                       R"(<title>{2}: {3} {4}</title></line>)",
                       percent(axis.place(one.day)), 54 - std::max(least, share * height),
                       format_day(one.day), told::thousands(one.count), escaped(what));
    }
    return out + year_labels(axis, 69) + "</svg>";
}

}  // namespace smallprint::html

// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/base/enum_names.h"
#include "searcher/over_time/trend.h"
#include "searcher/request/filters.h"
#include "searcher/request/period.h"
#include "searcher/request/requests.h"
#include "searcher/terminal/page.h"
#include "searcher/terminal/text.h"
#include "searcher/told/answers.h"
#include "searcher/told/facts.h"
#include "searcher/told/styled_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace smallprint::terminal {
namespace {

constexpr std::uint64_t k_thin = 5;         // a share of fewer vendors says little
constexpr std::size_t k_longest_empty = 6;  // periods with a line each though nobody is observed
constexpr std::size_t k_most_query_width = 36;
constexpr std::size_t k_gap = 3;
constexpr std::size_t k_period_width = 9;
constexpr std::size_t k_observed_width = 10;
constexpr std::size_t k_share_width = 6;  // "16.1%", "100%"
constexpr std::size_t k_least_bar_width = 4;
constexpr std::size_t k_most_bar_width = 40;

bool is_thin(std::uint64_t observed) {
    return observed < k_thin;
}

// Words that are not said to stand together, though whoever typed quotes into a shell may think so.
bool is_bare_words(std::string_view query) {
    return query.find(' ') != std::string_view::npos &&
           query.find_first_of("\"“”„:()*=/") == std::string_view::npos;
}

class TrendPage {
public:
    TrendPage(Page& page, const over_time::Trend& trend, const request::TrendRequest& request)
        : m_page(page), m_trend(trend), m_request(request) {
        for (const over_time::TrendSeries& series : trend.series) {
            const std::size_t width = width_of({{told::Style::plain, series.query}});
            m_query_width = std::max(m_query_width, std::min(width, k_most_query_width));
            for (std::size_t i = 0; i < trend.periods.size(); ++i) {
                const std::uint64_t observed = trend.periods[i].observed;
                const double share = told::share_of(series.matching[i], observed);
                m_largest_of_all = std::max(m_largest_of_all, share);
                m_largest = std::max(m_largest, is_thin(observed) ? 0 : share);
                m_count_width = std::max(m_count_width, told::thousands(series.matching[i]).size());
            }
        }
        m_largest = m_largest == 0 ? m_largest_of_all : m_largest;
    }

    void add_head() {
        if (m_trend.periods.empty()) {
            m_page.add_paragraph(
                {{told::Style::strong, std::string(told::k_nobody_observed)},
                 {told::Style::plain, request::filters_in_words(m_request.filters)},
                 {told::Style::plain, std::string(told::k_why_nobody)}});
            return;
        }
        m_page.add_paragraph(
            {{told::Style::strong,
              fmt::format("{} observed", told::counted(m_trend.vendors, "vendor"))},
             {told::Style::plain, request::filters_in_words(m_request.filters)},
             {told::Style::plain,
              fmt::format(" · {} – {} by {}", m_trend.periods.front().period.name(),
                          m_trend.periods.back().period.name(), name_of(m_request.by))},
             {told::Style::plain, m_request.observation == request::Observation::captured
                                      ? " · snapshots of each period alone"
                                      : ""}});
    }

    // Each query with its course and its highest share.
    void add_courses() {
        m_page.add_blank();
        const std::size_t room = course_width();
        for (const over_time::TrendSeries& series : m_trend.series) {
            told::StyledText line = {
                {told::Style::strong,
                 padded(shortened(series.query, m_query_width), m_query_width)},
                {told::Style::plain, "  "}};
            if (series.vendors == 0) {
                told::append(line, told::Style::dim,
                             series.clauses == 0 ? "no clause has it"
                                                 : "nowhere among those observed");
            } else {
                told::append(line, course_of(series, room));
                told::append(line, told::Style::plain, "  " + peak_of(series));
            }
            m_page.add_line(std::move(line));
        }
        if (m_largest > 0) {
            add_axis(room);
        }
    }

    // As many queries side by side as there is room for, then the others.
    void add_tables() {
        if (m_largest_of_all == 0) {
            return;
        }
        const std::size_t taken = k_period_width + k_observed_width;
        const std::size_t least = k_gap + m_count_width + 1 + k_share_width;
        const std::size_t room = m_page.width() - std::min(m_page.width(), taken);
        const std::size_t beside = std::clamp<std::size_t>(room / least, 1, m_trend.series.size());
        const std::size_t blocks = (m_trend.series.size() + beside - 1) / beside;
        const std::size_t columns = (m_trend.series.size() + blocks - 1) / blocks;
        for (std::size_t i = 0; i < m_trend.series.size(); i += columns) {
            const std::size_t shown = std::min(columns, m_trend.series.size() - i);
            add_table(i, shown, std::max(least, room / columns));
        }
    }

    void add_notes(Detail detail) {
        std::vector<std::string> notes;
        if (m_has_thin) {
            notes.push_back(
                fmt::format("* of fewer than {} vendors, whose share says little.", k_thin));
        }
        if (const std::string note = told::left_out_note(m_trend); !note.empty()) {
            notes.push_back(note);
        }
        for (const over_time::TrendSeries& series : m_trend.series) {
            if (is_bare_words(series.query)) {
                notes.push_back(fmt::format("The words of {0} may stand apart in a clause; the "
                                            "phrase is '\"{0}\"'.",
                                            series.query));
                break;
            }
        }
        for (const over_time::TrendSeries& series : m_trend.series) {
            if (const std::string note = told::synonyms_note(series); !note.empty()) {
                notes.push_back(note + " --no-synonyms leaves that out.");
            }
            notes.insert(notes.end(), series.notes.begin(), series.notes.end());
        }
        if (detail == Detail::full) {
            notes.emplace_back(told::k_in_force);
        }
        if (!notes.empty()) {
            m_page.add_blank();
        }
        for (const std::string& note : notes) {
            m_page.add_paragraph(note, told::Style::dim);
        }
    }

private:
    double part(std::uint64_t matching, std::uint64_t observed) const {
        return m_largest == 0 ? 0 : told::share_of(matching, observed) / m_largest;
    }

    // Upright bars, and dots for shares that say little. Several periods share a bar, that of the
    // largest, where there are more of them than columns.
    told::StyledText course_of(const over_time::TrendSeries& series, std::size_t room) const {
        told::StyledText course;
        const std::size_t step = periods_in_column(room);
        for (std::size_t i = 0; i < m_trend.periods.size(); i += step) {
            double most = 0;
            bool dot = false;
            for (std::size_t j = i; j < std::min(i + step, m_trend.periods.size()); ++j) {
                const std::uint64_t observed = m_trend.periods[j].observed;
                dot = dot || (is_thin(observed) && series.matching[j] > 0);
                most =
                    is_thin(observed) ? most : std::max(most, part(series.matching[j], observed));
            }
            told::append(course, most > 0 ? told::Style::mark : told::Style::dim,
                         most == 0 && dot ? "·" : upright_bar(most));
        }
        told::append(course, told::Style::plain,
                     std::string(room - std::min(room, width_of(course)), ' '));
        return course;
    }

    std::size_t periods_in_column(std::size_t room) const {
        return (m_trend.periods.size() + room - 1) / room;
    }

    std::string peak_of(const over_time::TrendSeries& series) const {
        std::optional<std::size_t> best;
        for (std::size_t i = 0; i < m_trend.periods.size(); ++i) {
            if (series.matching[i] > 0 && (!best || comes_before(series, i, *best))) {
                best = i;
            }
        }
        const std::uint64_t matching = series.matching[best.value_or(0)];
        const over_time::TrendPeriod& period = m_trend.periods[best.value_or(0)];
        return fmt::format("most in {}: {} of {}, {}", period.period.name(),
                           told::thousands(matching), told::thousands(period.observed),
                           told::share_text(told::share_of(matching, period.observed)));
    }

    // Compares two periods as peaks: one that is not thin comes first, then the higher share, then
    // the later one.
    bool comes_before(const over_time::TrendSeries& series, std::size_t one,
                      std::size_t other) const {
        const std::uint64_t of_one = m_trend.periods[one].observed;
        const std::uint64_t of_other = m_trend.periods[other].observed;
        if (is_thin(of_one) != is_thin(of_other)) {
            return is_thin(of_other);
        }
        return told::share_of(series.matching[one], of_one) >=
               told::share_of(series.matching[other], of_other);
    }

    // The width that names and peaks leave of a line.
    std::size_t course_width() const {
        std::size_t peaks = 0;
        for (const over_time::TrendSeries& series : m_trend.series) {
            peaks = std::max(peaks, series.vendors == 0 ? 0 : peak_of(series).size());
        }
        constexpr std::size_t least = 8;
        const std::size_t taken = m_query_width + peaks + 4;
        const std::size_t room = m_page.width() - std::min(m_page.width(), taken);
        const std::size_t most = m_trend.periods.size();
        return std::clamp(room, std::min(least, most), std::max<std::size_t>(most, 1));
    }

    void add_axis(std::size_t room) {
        const std::size_t step = periods_in_column(room);
        const std::size_t cells = (m_trend.periods.size() + step - 1) / step;
        const std::string first = m_trend.periods.front().period.name();
        const std::string last = m_trend.periods.back().period.name();
        if (cells >= first.size() + last.size() + 1) {
            m_page.add_line({{told::Style::dim, std::string(m_query_width + 2, ' ') +
                                                    padded(first, cells - last.size()) + last}});
        }
    }

    void add_table(std::size_t first, std::size_t columns, std::size_t width) {
        m_page.add_blank();
        std::string head = padded(title_of(m_request.by), k_period_width) +
                           fmt::format("{:>{}}", "Observed", k_observed_width - 1) + ' ';
        for (std::size_t i = 0; i < columns; ++i) {
            const std::string query = m_trend.series[first + i].query;
            head += padded(std::string(k_gap, ' ') + shortened(query, width - k_gap), width);
        }
        m_page.add_line({{told::Style::strong, head}});
        for (std::size_t i = 0; i < m_trend.periods.size(); ++i) {
            if (const std::size_t empty = empty_from(i); empty > k_longest_empty) {
                m_page.add_line(
                    {{told::Style::dim,
                      fmt::format("{:<9}{} periods with nobody observed", "...", empty)}});
                i += empty - 1;
                continue;
            }
            add_row(i, {first, columns, width});
        }
    }

    static std::string title_of(request::PeriodLength length) {
        std::string title(name_of(length));
        title.front() = static_cast<char>(title.front() - 'a' + 'A');
        return title;
    }

    std::size_t empty_from(std::size_t period) const {
        std::size_t end = period;
        while (end < m_trend.periods.size() && m_trend.periods[end].observed == 0) {
            ++end;
        }
        return end - period;
    }

    struct Columns {
        std::size_t first;
        std::size_t count;
        std::size_t width;
    };

    void add_row(std::size_t period, Columns columns) {
        const std::uint64_t observed = m_trend.periods[period].observed;
        const bool thin = is_thin(observed) && observed > 0;
        m_has_thin = m_has_thin || thin;
        const told::Style style = is_thin(observed) ? told::Style::dim : told::Style::plain;
        told::StyledText line = {
            {style, padded(m_trend.periods[period].period.name(), k_period_width) +
                        fmt::format("{:>{}}{}", told::thousands(observed), k_observed_width - 1,
                                    thin ? '*' : ' ')}};
        for (std::size_t i = columns.first; i < columns.first + columns.count; ++i) {
            told::append(line,
                         cell_of(m_trend.series[i].matching[period], observed, columns.width));
        }
        m_page.add_line(std::move(line));
    }

    told::StyledText cell_of(std::uint64_t matching, std::uint64_t observed,
                             std::size_t width) const {
        const told::Style style =
            is_thin(observed) || matching == 0 ? told::Style::dim : told::Style::plain;
        const std::string share =
            matching == 0 ? "" : told::share_text(told::share_of(matching, observed));
        told::StyledText cell = {{style, fmt::format("{:{}}{:>{}} {:>{}}", "", k_gap,
                                                     observed == 0 ? "" : told::thousands(matching),
                                                     m_count_width, share, k_share_width)}};
        const std::size_t taken = width_of(cell);
        const std::size_t room = std::min(width - std::min(width, taken + 1), k_most_bar_width);
        if (room >= k_least_bar_width) {
            const std::string bar = level_bar(part(matching, observed), room);
            told::append(cell, told::Style::plain, " ");
            told::append(cell, is_thin(observed) ? told::Style::dim : told::Style::mark, bar);
        }
        told::append(cell, told::Style::plain,
                     std::string(width - std::min(width, width_of(cell)), ' '));
        return cell;
    }

    Page& m_page;
    const over_time::Trend& m_trend;
    const request::TrendRequest& m_request;
    std::size_t m_query_width = 0;
    std::size_t m_count_width = 3;
    double m_largest = 0;  // share, of those that say something if there is any
    double m_largest_of_all = 0;
    bool m_has_thin = false;
};

}  // namespace

std::string trend_text(const over_time::Trend& trend, const request::TrendRequest& request,
                       Layout layout, Detail detail) {
    Page page(layout);
    TrendPage part(page, trend, request);
    if (detail != Detail::brief) {
        part.add_head();
        part.add_courses();
    }
    part.add_tables();
    if (detail != Detail::brief) {
        part.add_notes(detail);
    }
    return page.rendered();
}

}  // namespace smallprint::terminal

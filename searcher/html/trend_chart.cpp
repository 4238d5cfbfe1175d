// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/html/markup.h"
#include "searcher/html/svg.h"
#include "searcher/html/trend.h"
#include "searcher/over_time/trend.h"
#include "searcher/told/answers.h"
#include "searcher/told/facts.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string>

namespace smallprint::html {
namespace {

constexpr double k_top = 12;  // pixels, of the highest line of the grid
constexpr double k_height = 220;
constexpr double k_bottom = k_top + k_height;
constexpr std::size_t k_colours = 6;

// The top of the scale: the least of these that holds all shares.
double scale_of(const over_time::Trend& trend) {
    constexpr std::array tops = {0.05, 0.1, 0.2, 0.4, 0.6, 0.8};
    double most = 0;
    for (const over_time::TrendSeries& series : trend.series) {
        for (std::size_t i = 0; i < trend.periods.size(); ++i) {
            most = std::max(most, told::share_of(series.matching[i], trend.periods[i].observed));
        }
    }
    const auto* const top = std::ranges::find_if(tops, [&](double one) { return most <= one; });
    return top == tops.end() ? 1 : *top;
}

class Chart {
public:
    explicit Chart(const over_time::Trend& trend) : m_trend(trend), m_scale(scale_of(trend)) {}

    std::string drawn() {
        m_out = fmt::format(
            R"(<svg class="chart" role="img" aria-label="Share of observed vendors by period; the )"
            R"(table below has the numbers" width="100%" height="{}">)",
            k_bottom + 26);
        add_grid();
        for (std::size_t i = 0; i < m_trend.series.size(); ++i) {
            add_series(i);
        }
        return m_out + "</svg>";
    }

private:
    // The middle of a period, beside the numbers of the scale.
    double place(std::size_t period) const {
        constexpr double left = 5;
        const auto count = static_cast<double>(m_trend.periods.size());
        return left + (100 - left) * (static_cast<double>(period) + 0.5) / count;
    }

    double height(double share) const { return k_bottom - k_height * share / m_scale; }

    void add_grid() {
        constexpr int lines = 4;
        auto out = std::back_inserter(m_out);
        for (int i = 0; i <= lines; ++i) {
            const double share = m_scale * i / lines;
            fmt::format_to(out,
                           R"(<line class="grid" x1="5%" x2="100%" y1="{0:.1f}" y2="{0:.1f}"/>)"
                           R"(<text class="year" x="0" y="{1:.1f}">{2:.3g}%</text>)",
                           height(share), height(share) + 4, 100 * share);
        }
        constexpr std::size_t most_labels = 10;
        const std::size_t step = (m_trend.periods.size() + most_labels - 1) / most_labels;
        for (std::size_t i = 0; i < m_trend.periods.size(); i += step) {
            fmt::format_to(out, R"(<text class="year mid{}" x="{}" y="{}">{}</text>)",
                           i / step % 2 == 0 ? "" : " minor", percent(place(i)), k_bottom + 20,
                           m_trend.periods[i].period.name());
        }
    }

    void add_series(std::size_t number) {
        const over_time::TrendSeries& series = m_trend.series[number];
        auto out = std::back_inserter(m_out);
        fmt::format_to(out, R"(<g class="series q{}{}">)", number % k_colours,
                       number < k_colours ? "" : " dashed");
        for (std::size_t i = 0; i < m_trend.periods.size(); ++i) {
            const std::uint64_t observed = m_trend.periods[i].observed;
            if (observed == 0) {
                continue;
            }
            const double y = height(told::share_of(series.matching[i], observed));
            if (i > 0 && m_trend.periods[i - 1].observed > 0) {
                fmt::format_to(
                    out, R"(<line x1="{}" y1="{:.1f}" x2="{}" y2="{:.1f}"/>)",
                    percent(place(i - 1)),
                    height(told::share_of(series.matching[i - 1], m_trend.periods[i - 1].observed)),
                    percent(place(i)), y);
            }
            fmt::format_to(
                out,
                R"(<circle cx="{}" cy="{:.1f}" r="3.5"><title>{}, {}: {} of {}</title></circle>)",
                percent(place(i)), y, escaped(series.query), m_trend.periods[i].period.name(),
                told::thousands(series.matching[i]), told::counted(observed, "vendor"));
        }
        m_out += "</g>";
    }

    const over_time::Trend& m_trend;
    double m_scale;
    std::string m_out;
};

}  // namespace

std::string trend_chart(const over_time::Trend& trend) {
    return trend.periods.empty() ? std::string() : Chart(trend).drawn();
}

}  // namespace smallprint::html

// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/csv/trend_csv.h"

#include "common/model/date.h"
#include "searcher/csv/csv.h"
#include "searcher/over_time/trend.h"

#include <fmt/format.h>

#include <cstddef>
#include <cstdint>
#include <string>

namespace smallprint {
namespace {

std::string share_of(std::uint64_t matching, std::uint64_t observed) {
    return observed == 0 ? ""
                         : fmt::format("{:.4f}", static_cast<double>(matching) /
                                                     static_cast<double>(observed));
}

}  // namespace

std::string trend_csv(const Trend& trend) {
    std::string csv = csv_line({"period", "from", "to", "query", "matching", "observed", "share"});
    for (const TrendSeries& series : trend.series) {
        for (std::size_t i = 0; i < trend.periods.size(); ++i) {
            const auto& [period, observed] = trend.periods[i];
            csv += csv_line({period.name(), format_day(period.first_day()),
                             format_day(period.last_day()), series.query,
                             std::to_string(series.matching[i]), std::to_string(observed),
                             share_of(series.matching[i], observed)});
        }
    }
    return csv;
}

}  // namespace smallprint

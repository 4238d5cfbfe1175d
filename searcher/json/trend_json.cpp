// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/json/trend_json.h"

#include "common/model/date.h"
#include "searcher/json/json_line.h"
#include "searcher/json/json_values.h"
#include "searcher/over_time/trend.h"
#include "searcher/request/period.h"
#include "searcher/request/requests.h"

#include <boost/json.hpp>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>

namespace smallprint {
namespace {

namespace json = boost::json;

json::value share_value(std::uint64_t matching, std::uint64_t observed) {
    if (observed == 0) {
        return nullptr;
    }
    constexpr double parts = 10000;
    return std::round(static_cast<double>(matching) / static_cast<double>(observed) * parts) /
           parts;
}

json::object series_value(const TrendSeries& series, const Trend& trend) {
    json::array points;
    for (std::size_t i = 0; i < trend.periods.size(); ++i) {
        const auto& [period, observed] = trend.periods[i];
        points.push_back({{"period", period.name()},
                          {"matching", series.matching[i]},
                          {"observed", observed},
                          {"share", share_value(series.matching[i], observed)}});
    }
    return {{"query", text_value(series.query)},
            {"clauses", series.clauses},
            {"vendors", series.vendors},
            {"points", std::move(points)}};
}

}  // namespace

std::string trend_json(const Trend& trend, const TrendRequest& request) {
    json::array periods;
    for (const auto& [period, observed] : trend.periods) {
        periods.push_back({{"period", period.name()},
                           {"from", format_day(period.first_day())},
                           {"to", format_day(period.last_day())},
                           {"observed", observed}});
    }
    json::array queries;
    for (const TrendSeries& series : trend.series) {
        queries.emplace_back(series_value(series, trend));
    }
    return json_line(json::object{
        {"schema", "smallprint.trend.v1"},
        {"by", name_of(request.by)},
        {"observation", request.observation == Observation::captured ? "captured" : "in_force"},
        {"filters", filters_value(request.filters)},
        {"synonyms", request.synonyms == Synonyms::used},
        {"vendors", trend.vendors},
        {"policies", trend.policies},
        {"left_out", trend.left_out},
        {"periods", std::move(periods)},
        {"queries", std::move(queries)},
    });
}

}  // namespace smallprint

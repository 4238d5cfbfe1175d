// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/json/json_values.h"

#include "common/model/date.h"
#include "common/text/utf8.h"
#include "searcher/index/clause_view.h"
#include "searcher/query/ast.h"
#include "searcher/request/requests.h"

#include <boost/json.hpp>
#include <fmt/format.h>

#include <chrono>
#include <cmath>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace smallprint {

namespace json = boost::json;

json::value text_value(std::string_view text) {
    return json::value(repaired_utf8(text));
}

json::value text_or_null(std::string_view text) {
    return text.empty() ? json::value(nullptr) : text_value(text);
}

json::value day_value(std::optional<Day> day) {
    return day ? json::value(format_day(*day)) : json::value(nullptr);
}

json::value time_value(std::optional<CaptureTime> time) {
    if (!time) {
        return nullptr;
    }
    const std::chrono::hh_mm_ss clock{*time - day_of(*time)};
    return json::value(fmt::format("{}T{:02}:{:02}:{:02}Z", format_day(day_of(*time)),
                                   clock.hours().count(), clock.minutes().count(),
                                   clock.seconds().count()));
}

json::array text_array(const std::vector<std::string>& texts) {
    json::array array;
    for (const std::string& text : texts) {
        array.push_back(text_value(text));
    }
    return array;
}

double hundredths(double number) {
    constexpr double parts = 100;
    return std::isfinite(number) ? std::round(number * parts) / parts : 0;
}

json::array runs_value(const std::vector<RunDates>& runs) {
    json::array array;
    for (const RunDates& run : runs) {
        array.push_back(json::array{day_value(run.first), day_value(run.last), run.snapshots});
    }
    return array;
}

json::object policy_value(const PolicyFacts& policy) {
    return {{"id", text_value(policy.id)},
            {"type", text_or_null(policy.type)},
            {"host", text_or_null(policy.host)},
            {"title", text_or_null(policy.title)}};
}

json::object filters_value(const Filters& filters) {
    return {{"vendors", text_array(filters.vendors)},
            {"types", text_array(filters.types)},
            {"hosts", text_array(filters.hosts)},
            {"languages", text_array(filters.languages)},
            {"heading", text_or_null(filters.heading)},
            {"from", day_value(filters.from)},
            {"to", day_value(filters.to)},
            {"as_of", day_value(filters.as_of)},
            {"changed", !filters.changed                    ? json::value(nullptr)
                        : *filters.changed == Change::added ? json::value("added")
                                                            : json::value("removed")}};
}

}  // namespace smallprint

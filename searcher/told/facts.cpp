// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/told/facts.h"

#include "common/model/date.h"
#include "common/model/section.h"
#include "common/model/snapshot.h"
#include "searcher/index/clause_view.h"
#include "searcher/request/requests.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace smallprint {

std::string thousands(std::uint64_t number) {
    std::string digits = std::to_string(number);
    for (std::size_t at = digits.size(); at > 3; at -= 3) {
        digits.insert(at - 3, ",");
    }
    return digits;
}

std::string counted(std::uint64_t number, std::string_view one) {
    if (number == 1) {
        return fmt::format("1 {}", one);
    }
    const bool ends_in_y = one.ends_with('y');
    return fmt::format("{} {}{}", thousands(number),
                       ends_in_y ? one.substr(0, one.size() - 1) : one, ends_in_y ? "ies" : "s");
}

std::string megabytes(std::uint64_t bytes) {
    constexpr double megabyte = 1e6;
    const double size = static_cast<double>(bytes) / megabyte;
    return size < 0.1 ? fmt::format("{:.3f} MB", size) : fmt::format("{:.1f} MB", size);
}

std::string vendor_name(const PolicyFacts& policy) {
    return policy.vendor.empty() ? "vendor unknown" : policy.vendor;
}

std::string day_or_unknown(std::optional<Day> day) {
    return day ? format_day(*day) : "unknown";
}

std::string date_span(std::optional<Day> first, std::optional<Day> last) {
    if (!first || !last) {
        return "date unknown";
    }
    return *first == *last ? format_day(*first)
                           : fmt::format("{} – {}", format_day(*first), format_day(*last));
}

std::vector<std::string> run_list(const std::vector<RunDates>& runs, std::size_t most) {
    const std::size_t shown = std::min(most, runs.size());
    std::vector<std::string> list;
    if (shown < runs.size()) {
        list.push_back(fmt::format("… {} earlier", thousands(runs.size() - shown)));
    }
    for (std::size_t i = runs.size() - shown; i < runs.size(); ++i) {
        list.push_back(fmt::format("{} ({})", date_span(runs[i].first, runs[i].last),
                                   thousands(runs[i].snapshots)));
    }
    for (std::size_t i = 0; i + 1 < list.size(); ++i) {
        list[i] += ',';
    }
    return list;
}

std::string capture_text(CaptureTime time) {
    const Day day = day_of(time);
    const std::chrono::hh_mm_ss clock{time - day};
    if (time == day) {
        return format_day(day);
    }
    return fmt::format("{} {:02}:{:02} UTC", format_day(day), clock.hours().count(),
                       clock.minutes().count());
}

}  // namespace smallprint

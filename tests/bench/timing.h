// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <vector>

namespace smallprint {

// What the benchmarks measure with.

using Clock = std::chrono::steady_clock;

inline double milliseconds(Clock::duration duration) {
    return std::chrono::duration<double, std::milli>(duration).count();
}

// The value that `percent` of the values do not exceed. There has to be one.
inline double percentile(std::vector<double> values, double percent) {
    std::ranges::sort(values);
    const double place = percent / 100 * static_cast<double>(values.size() - 1);
    return values[static_cast<std::size_t>(std::lround(place))];
}

inline double median(const std::vector<double>& values) {
    return percentile(values, 50);
}

}  // namespace smallprint

// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>

namespace smallprint::http {

// Counters of the server for Prometheus. For one thread.
class Metrics {
public:
    void answered(std::string_view route, int status, std::chrono::nanoseconds took);

    void sent(std::uint64_t bytes) { m_sent += bytes; }

    void connected() { ++m_connections; }

    void refused_connection() { ++m_refused_connections; }

    void accept_failed() { ++m_accept_failures; }

    // Figures that are measured at the moment of the question.
    struct Gauges {
        std::string generation;
        std::size_t open_connections = 0;
        std::size_t queued = 0;
        std::uint64_t cache_hits = 0;
        std::size_t cached_bytes = 0;
        std::uint64_t reloads = 0;
        std::uint64_t failed_reloads = 0;
    };

    // Text form 0.0.4.
    std::string text(const Gauges& gauges) const;

private:
    static constexpr std::array k_bounds = {0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025,
                                            0.05,   0.1,   0.25,   0.5,   1.0,  2.5};

    struct Durations {
        std::array<std::uint64_t, k_bounds.size() + 1> buckets = {};  // the last: longer than all
        double seconds = 0;
        std::uint64_t count = 0;
    };

    std::map<std::pair<std::string, int>, std::uint64_t> m_answers;  // by route and status
    Durations m_durations;
    std::uint64_t m_sent = 0;
    std::uint64_t m_connections = 0;
    std::uint64_t m_refused_connections = 0;
    std::uint64_t m_accept_failures = 0;
};

}  // namespace smallprint::http

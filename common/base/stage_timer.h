// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <chrono>
#include <cstdint>

namespace smallprint {

// Adds the nanoseconds from its creation to its destruction to `total`.
class StageTimer {
public:
    explicit StageTimer(std::uint64_t& total) : m_total(total) {}

    StageTimer(const StageTimer&) = delete;
    StageTimer& operator=(const StageTimer&) = delete;
    StageTimer(StageTimer&&) = delete;
    StageTimer& operator=(StageTimer&&) = delete;

    ~StageTimer() {
        const std::chrono::nanoseconds spent = std::chrono::steady_clock::now() - m_start;
        m_total += static_cast<std::uint64_t>(spent.count());
    }

private:
    std::uint64_t& m_total;
    std::chrono::steady_clock::time_point m_start = std::chrono::steady_clock::now();
};

}  // namespace smallprint

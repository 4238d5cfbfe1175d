// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "indexer/pipeline/pipeline.h"

#include <chrono>
#include <cstdint>
#include <string>

namespace smallprint::indexer {

enum class ProgressStyle : std::uint8_t {
    none,
    bar,    // one line that moves, for a terminal
    lines,  // a line now and then, for a log
};

double megabytes(std::uint64_t bytes);
std::string thousands(std::uint64_t number);  // "1,234"

// A run while it goes on, for people: on stderr.
class ProgressLine {
public:
    explicit ProgressLine(ProgressStyle style) : m_style(style) {}

    // Draws some times a second at most; lines some times a minute.
    void show(const pipeline::Progress& progress);
    void clear();

    std::chrono::duration<double> elapsed() const { return Clock::now() - m_start; }

private:
    using Clock = std::chrono::steady_clock;

    ProgressStyle m_style;
    bool m_drawn = false;
    Clock::time_point m_start = Clock::now();
    Clock::time_point m_stage_start = m_start;
    Clock::time_point m_last_drawn = m_start;
    pipeline::Stage m_stage = pipeline::Stage::listing;
};

}  // namespace smallprint::indexer

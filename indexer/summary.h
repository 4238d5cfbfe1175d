// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "indexer/pipeline/pipeline.h"

#include <chrono>
#include <string>

namespace smallprint {

// What people see of a run: a line that moves while it goes on, and a summary at its end.

class ProgressLine {
public:
    explicit ProgressLine(bool shown) : m_shown(shown) {}

    // Draws to stderr, at most some times a second.
    void show(const Progress& progress);
    void clear();

    std::chrono::duration<double> elapsed() const {
        return std::chrono::steady_clock::now() - m_start;
    }

private:
    bool m_shown;
    bool m_drawn = false;
    std::chrono::steady_clock::time_point m_start = std::chrono::steady_clock::now();
    std::chrono::steady_clock::time_point m_last_drawn = m_start;
};

std::string summary_of(const PipelineReport& report, bool list_all_skipped,
                       std::chrono::duration<double> elapsed);

}  // namespace smallprint

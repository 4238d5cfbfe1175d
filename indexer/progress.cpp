// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/progress.h"

#include "common/base/enum_names.h"
#include "indexer/pipeline/pipeline.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <string>
#include <string_view>

namespace smallprint::indexer {
namespace {

constexpr std::chrono::milliseconds k_between_drawings{150};
constexpr std::chrono::seconds k_between_lines{5};
constexpr int k_bar_width = 24;

struct StageRow {
    pipeline::Stage stage;
    std::string_view text;
};

constexpr std::array k_stages = {
    StageRow{pipeline::Stage::listing, "listing the archives"},
    StageRow{pipeline::Stage::comparing, "comparing with the index"},
    StageRow{pipeline::Stage::indexing, "indexing"},
    StageRow{pipeline::Stage::publishing, "putting it together"},
};
static_assert(has_row_for_each(k_stages, &StageRow::stage));

std::string_view text_of(pipeline::Stage stage) {
    return k_stages.at(static_cast<std::size_t>(stage)).text;
}

// "[=====>    ] indexing 12,345/40,000 snapshots, 31.4 MB/s, 12 s left"; `width` columns of bar,
// none for 0. `spent` is the time since the stage began.
std::string progress_text(const pipeline::Progress& progress, int width,
                          std::chrono::duration<double> spent) {
    if (progress.bytes == 0) {  // nobody knows yet how much there is
        const std::string found =
            progress.snapshots_done == 0
                ? std::string()
                : fmt::format(", {} snapshots", thousands(progress.snapshots_done));
        return fmt::format("{}{}", text_of(progress.stage), found);
    }
    const double share =
        static_cast<double>(progress.bytes_done) / static_cast<double>(progress.bytes);
    const double seconds = std::max(spent.count(), 1e-3);
    const int filled = static_cast<int>(share * width);
    const std::string bar = width == 0
                                ? fmt::format("{:.0f}% ", share * 100)
                                : fmt::format("[{:=<{}}{:{}}] ", "", filled, "", width - filled);
    const std::string left =
        share > 0 ? fmt::format(", {:.0f} s left", seconds * (1 - share) / share) : std::string();
    return fmt::format("{}{} {}/{} snapshots, {:.1f} MB/s{}", bar, text_of(progress.stage),
                       thousands(progress.snapshots_done), thousands(progress.snapshots),
                       megabytes(progress.bytes_done) / seconds, left);
}

}  // namespace

double megabytes(std::uint64_t bytes) {
    return static_cast<double>(bytes) / 1e6;
}

std::string thousands(std::uint64_t number) {
    std::string digits = std::to_string(number);
    for (std::size_t at = digits.size(); at > 3; at -= 3) {
        digits.insert(at - 3, ",");
    }
    return digits;
}

void ProgressLine::show(const pipeline::Progress& progress) {
    const auto now = Clock::now();
    const bool is_bar = m_style == ProgressStyle::bar;
    if (progress.stage != m_stage) {
        m_stage = progress.stage;
        m_stage_start = now;
    }
    const Clock::duration pause =
        is_bar ? Clock::duration(k_between_drawings) : Clock::duration(k_between_lines);
    if (m_style == ProgressStyle::none || now - m_last_drawn < pause) {
        return;
    }
    m_last_drawn = now;
    m_drawn = is_bar;
    const std::string text = progress_text(progress, is_bar ? k_bar_width : 0, now - m_stage_start);
    const std::string drawn = is_bar ? "\r\033[K" + text : text + "\n";
    (void)std::fwrite(drawn.data(), 1, drawn.size(), stderr);
    (void)std::fflush(stderr);
}

void ProgressLine::clear() {
    if (m_drawn) {
        (void)std::fputs("\r\033[K", stderr);
        m_drawn = false;
    }
}

}  // namespace smallprint::indexer

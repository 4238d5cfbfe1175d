// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/summary.h"

#include "common/index_format/generation.h"
#include "common/model/listing.h"
#include "common/text/utf8.h"
#include "indexer/pipeline/pipeline.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <string>

namespace smallprint {
namespace {

constexpr std::chrono::milliseconds k_between_drawings{150};
constexpr int k_bar_width = 24;
constexpr std::size_t k_shown_skipped = 5;

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

std::string counted(std::uint64_t number, const std::string& one, const std::string& many) {
    return thousands(number) + " " + (number == 1 ? one : many);
}

}  // namespace

void ProgressLine::show(const Progress& progress) {
    const auto now = std::chrono::steady_clock::now();
    if (!m_shown || now - m_last_drawn < k_between_drawings) {
        return;
    }
    m_last_drawn = now;
    m_drawn = true;
    const double share = progress.bytes == 0 ? 1.0
                                             : static_cast<double>(progress.bytes_done) /
                                                   static_cast<double>(progress.bytes);
    const double seconds = std::max(elapsed().count(), 1e-3);
    const int filled = static_cast<int>(share * k_bar_width);
    const std::string drawn = fmt::format(
        "\r\033[K[{:=<{}}{:{}}] {}/{} snapshots, {:.1f} MB/s, {:.0f} s left", "", filled, "",
        k_bar_width - filled, thousands(progress.snapshots_done), thousands(progress.snapshots),
        megabytes(progress.bytes_done) / seconds, share > 0 ? seconds * (1 - share) / share : 0.0);
    (void)std::fwrite(drawn.data(), 1, drawn.size(), stderr);
    (void)std::fflush(stderr);
}

void ProgressLine::clear() {
    if (m_drawn) {
        (void)std::fputs("\r\033[K", stderr);
        m_drawn = false;
    }
}

std::string summary_of(const PipelineReport& report, bool list_all_skipped,
                       std::chrono::duration<double> elapsed) {
    const Counts& counts = report.counts;
    std::string out = fmt::format(
        "Indexed {} of {} from {} in {:.1f} s ({:.1f} MB of text).\n"
        "{} of text became {} in {}, {:.1f} MB on disk: {}\n",
        counted(counts.snapshots, "snapshot", "snapshots"),
        counted(counts.policies, "policy", "policies"),
        counted(report.vendors, "vendor", "vendors"), elapsed.count(),
        megabytes(counts.source_bytes), counted(counts.clause_occurrences, "clause", "clauses"),
        counted(counts.clauses, "distinct clause", "distinct clauses"),
        counted(counts.policies, "policy", "policies"), megabytes(report.index_bytes),
        terminal_safe(report.generation.string()));
    if (report.undated > 0) {
        out +=
            fmt::format("{} without a date.\n", counted(report.undated, "snapshot", "snapshots"));
    }
    if (report.without_vendor > 0) {
        out += fmt::format("{} without a vendor.\n",
                           counted(report.without_vendor, "snapshot", "snapshots"));
    }
    if (report.skipped.empty()) {
        return out;
    }
    out += fmt::format("Skipped {}:\n", counted(report.skipped.size(), "item", "items"));
    const std::size_t shown =
        list_all_skipped ? report.skipped.size() : std::min(report.skipped.size(), k_shown_skipped);
    for (std::size_t i = 0; i < shown; ++i) {
        const Skipped& skipped = report.skipped[i];
        out +=
            fmt::format("  {}: {}\n", terminal_safe(skipped.place), terminal_safe(skipped.reason));
    }
    if (shown < report.skipped.size()) {
        out += fmt::format("  ... and {} more (--verbose lists them)\n",
                           thousands(report.skipped.size() - shown));
    }
    return out;
}

}  // namespace smallprint

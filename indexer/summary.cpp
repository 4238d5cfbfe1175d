// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/summary.h"

#include "common/index_format/generation.h"
#include "common/model/listing.h"
#include "common/text/utf8.h"
#include "indexer/pipeline/pipeline.h"
#include "indexer/progress.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <string>

namespace smallprint {
namespace {

constexpr std::size_t k_shown_skipped = 5;

std::string counted(std::uint64_t number, const std::string& one, const std::string& many) {
    return thousands(number) + " " + (number == 1 ? one : many);
}

std::string nothing_new(const PipelineReport& report) {
    return fmt::format("Nothing new in {}; the index stays as it is: {}\n",
                       counted(report.listed, "snapshot", "snapshots"),
                       terminal_safe(report.generation.string()));
}

std::string what_was_done(const PipelineReport& report, std::chrono::duration<double> elapsed) {
    const Counts& counts = report.counts;
    std::string out = fmt::format("Indexed {} in {:.1f} s",
                                  counted(report.added, "snapshot", "snapshots"), elapsed.count());
    if (report.resumed > 0) {
        out += fmt::format(" ({} had been done before)",
                           counted(report.resumed, "policy", "policies"));
    }
    out += fmt::format(".\nThe index holds {} of {} from {} ({:.1f} MB of text):\n"
                       "{} became {}, {:.1f} MB on disk: {}\n",
                       counted(counts.snapshots, "snapshot", "snapshots"),
                       counted(counts.policies, "policy", "policies"),
                       counted(report.vendors, "vendor", "vendors"), megabytes(counts.source_bytes),
                       counted(counts.clause_occurrences, "clause", "clauses"),
                       counted(counts.clauses, "distinct clause", "distinct clauses"),
                       megabytes(report.index_bytes), terminal_safe(report.generation.string()));
    if (report.converted > 0) {
        out += fmt::format("{} converted to UTF-8.\n", counted(report.converted, "text", "texts"));
    }
    if (report.mojibake > 0) {
        out += fmt::format("{} with characters that somebody decoded wrongly; left as they are.\n",
                           counted(report.mojibake, "text", "texts"));
    }
    return out;
}

}  // namespace

std::string summary_of(const PipelineReport& report, bool list_all_skipped,
                       std::chrono::duration<double> elapsed) {
    std::string out = report.unchanged ? nothing_new(report) : what_was_done(report, elapsed);
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

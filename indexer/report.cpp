// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/report.h"

#include "common/base/enum_names.h"
#include "common/index_format/generation.h"
#include "common/model/listing.h"
#include "common/text/utf8.h"
#include "indexer/pipeline/pipeline.h"
#include "indexer/pipeline/policy_loader.h"
#include "indexer/progress.h"

#include <boost/json.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>

namespace smallprint::indexer {
namespace {

namespace json = boost::json;

json::object json_of(const index_format::Counts& counts, const pipeline::PipelineReport& report) {
    return {{"vendors", report.vendors},
            {"policies", counts.policies},
            {"snapshots", counts.snapshots},
            {"clauses", counts.clauses},
            {"clause_occurrences", counts.clause_occurrences},
            {"boilerplate", counts.boilerplate},
            {"source_bytes", counts.source_bytes},
            {"index_bytes", report.index_bytes}};
}

json::object json_of(const pipeline::StageTimes& times) {
    const auto seconds = [](std::uint64_t nanoseconds) {
        const std::uint64_t milliseconds = nanoseconds / 1'000'000;
        return static_cast<double>(milliseconds) / 1e3;
    };
    return {{"read", seconds(times.read)},   {"split", seconds(times.split)},
            {"join", seconds(times.join)},   {"analyse", seconds(times.analyse)},
            {"store", seconds(times.store)}, {"publish", seconds(times.publish)}};
}

json::array sources_of(const pipeline::PipelineReport& report) {
    json::array sources;
    for (const pipeline::SourceReport& source : report.sources) {
        sources.push_back({{"place", text::repaired_utf8(source.place)},
                           {"format", source.format},
                           {"snapshots", source.snapshots},
                           {"skipped", source.skipped}});
    }
    return sources;
}

json::array skipped_of(const pipeline::PipelineReport& report) {
    json::array skipped;
    for (const Skipped& item : report.skipped) {
        skipped.push_back({{"place", text::repaired_utf8(item.place)},
                           {"kind", name_of(item.kind)},
                           {"reason", text::repaired_utf8(item.reason)}});
    }
    return skipped;
}

json::object skipped_by_kind(const pipeline::PipelineReport& report) {
    std::array<std::uint64_t, k_names_of<SkipKind>.size()> counts = {};
    for (const Skipped& item : report.skipped) {
        ++counts[static_cast<std::size_t>(item.kind)];
    }
    json::object by_kind;
    for (std::size_t i = 0; i < counts.size(); ++i) {
        // A fault of the machine ends a run, so that no report has one.
        if (static_cast<SkipKind>(i) != SkipKind::machine) {
            by_kind[k_names_of<SkipKind>.at(i)] = counts[i];
        }
    }
    return by_kind;
}

constexpr std::size_t k_shown_skipped = 5;

std::string counted(std::uint64_t number, const std::string& one, const std::string& many) {
    return thousands(number) + " " + (number == 1 ? one : many);
}

std::string nothing_new(const pipeline::PipelineReport& report) {
    return fmt::format("Nothing new in {}; the index stays as it is: {}\n",
                       counted(report.listed, "snapshot", "snapshots"),
                       text::terminal_safe(report.generation.string()));
}

std::string what_was_done(const pipeline::PipelineReport& report,
                          std::chrono::duration<double> elapsed) {
    const index_format::Counts& counts = report.counts;
    std::string out = fmt::format("Indexed {} in {:.1f} s",
                                  counted(report.added, "snapshot", "snapshots"), elapsed.count());
    if (report.resumed > 0) {
        out += fmt::format(" ({} had been done before)",
                           counted(report.resumed, "policy", "policies"));
    }
    out +=
        fmt::format(".\nThe index holds {} of {} from {} ({:.1f} MB of text):\n"
                    "{} became {}, {:.1f} MB on disk: {}\n",
                    counted(counts.snapshots, "snapshot", "snapshots"),
                    counted(counts.policies, "policy", "policies"),
                    counted(report.vendors, "vendor", "vendors"), megabytes(counts.source_bytes),
                    counted(counts.clause_occurrences, "clause", "clauses"),
                    counted(counts.clauses, "distinct clause", "distinct clauses"),
                    megabytes(report.index_bytes), text::terminal_safe(report.generation.string()));
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

std::string report_json(const pipeline::PipelineReport& report,
                        std::chrono::duration<double> elapsed) {
    const json::object object = {
        {"schema", "smallprint.index-report.v1"},
        {"generation", text::repaired_utf8(report.generation.string())},
        {"changed", !report.unchanged},
        {"seconds", static_cast<double>(static_cast<std::int64_t>(elapsed.count() * 1e3)) / 1e3},
        {"thread_seconds", json_of(report.times)},
        {"sources", sources_of(report)},
        {"snapshots",
         {{"listed", report.listed},
          {"added", report.added},
          {"converted", report.converted},
          {"mojibake", report.mojibake},
          {"undated", report.undated},
          {"without_vendor", report.without_vendor}}},
        {"resumed_policies", report.resumed},
        {"index", json_of(report.counts, report)},
        {"skipped_by_kind", skipped_by_kind(report)},
        {"skipped", skipped_of(report)}};
    return json::serialize(object) + "\n";
}

std::string summary_text(const pipeline::PipelineReport& report, bool list_all_skipped,
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
        out += fmt::format("  {}: {}\n", text::terminal_safe(skipped.place),
                           text::terminal_safe(skipped.reason));
    }
    if (shown < report.skipped.size()) {
        out += fmt::format("  ... and {} more (--verbose lists them)\n",
                           thousands(report.skipped.size() - shown));
    }
    return out;
}

}  // namespace smallprint::indexer

// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/report.h"

#include "common/base/enum_names.h"
#include "common/index_format/generation.h"
#include "common/model/listing.h"
#include "common/model/skip_reasons.h"
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
#include <map>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

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
        json::object object = {{"place", text::repaired_utf8(item.place)},
                               {"kind", name_of(item.kind)},
                               {"reason", text::repaired_utf8(item.reason)}};
        if (item.count > 1) {
            object["count"] = item.count;
        }
        skipped.push_back(std::move(object));
    }
    return skipped;
}

json::object by_kind(const SkipCounts& counts) {
    json::object by_kind;
    for (std::size_t i = 0; i < counts.size(); ++i) {
        by_kind[k_names_of<SkipKind>.at(i)] = counts.at(i);
    }
    return by_kind;
}

// The items that were skipped for one reason.
struct Group {
    SkipKind kind = SkipKind::unreadable;
    std::string reason;
    std::uint64_t count = 0;
    std::vector<const Skipped*> items;
};

std::vector<Group> group_skipped(const std::vector<Skipped>& skipped) {
    std::map<std::pair<SkipKind, std::string>, Group> found;
    for (const Skipped& item : skipped) {
        Group& group = found[{item.kind, generalize_reason(item.reason)}];
        group.count += item.count;
        group.items.push_back(&item);
    }
    std::vector<Group> groups;
    for (auto& [name, group] : found) {
        const std::string& first = group.items.front()->reason;
        const bool is_same = std::ranges::all_of(
            group.items, [&](const Skipped* item) { return item->reason == first; });
        group.kind = name.first;
        group.reason = is_same ? first : name.second;
        groups.push_back(std::move(group));
    }
    std::ranges::stable_sort(groups, [](const Group& a, const Group& b) {
        return std::tuple(rank_of(a.kind, a.reason), b.count) <
               std::tuple(rank_of(b.kind, b.reason), a.count);
    });
    return groups;
}

json::array skipped_by_reason(const pipeline::PipelineReport& report) {
    json::array reasons;
    for (const Group& group : group_skipped(report.skipped)) {
        reasons.push_back({{"kind", name_of(group.kind)},
                           {"reason", text::repaired_utf8(group.reason)},
                           {"count", group.count}});
    }
    return reasons;
}

constexpr std::size_t k_shown_groups = 12;
constexpr std::size_t k_shown_examples = 2;
constexpr std::size_t k_verbose_examples = 20;

std::string counted(std::uint64_t number, const std::string& one, const std::string& many) {
    return thousands(number) + " " + (number == 1 ? one : many);
}

// "3 empty, 12 duplicate"; empty if there are none.
std::string told_by_kind(const SkipCounts& counts) {
    std::string told;
    for (const SkipKind kind : {SkipKind::unreadable, SkipKind::limit, SkipKind::empty,
                                SkipKind::duplicate, SkipKind::aside}) {
        if (const std::uint64_t count = counts.at(static_cast<std::size_t>(kind)); count > 0) {
            told +=
                fmt::format("{}{} {}", told.empty() ? "" : ", ", thousands(count), name_of(kind));
        }
    }
    return told;
}

// "The archives hold 167 snapshots: 19 added, 145 in the index already, 3 duplicate."
std::string what_became_of_all(const pipeline::PipelineReport& report) {
    std::string told = report.added == 0 ? "" : thousands(report.added) + " added";
    const std::string known =
        report.known == 0 ? "" : thousands(report.known) + " in the index already";
    for (const std::string& part : {known, told_by_kind(report.left_out)}) {
        told += (told.empty() || part.empty() ? "" : ", ") + part;
    }
    const bool is_plain = report.added == report.listed || report.known == report.listed;
    return is_plain ? std::string()
                    : fmt::format("The archives hold {}: {}.\n",
                                  counted(report.listed, "snapshot", "snapshots"), told);
}

std::string group_text(const Group& group, std::size_t most) {
    const auto place = [](const Skipped& item) { return text::terminal_safe(item.place); };
    const std::string reason = text::terminal_safe(group.reason);
    if (group.count == 1) {
        return fmt::format("  {}: {}\n", place(*group.items.front()), reason);
    }
    std::string examples;
    const std::size_t shown = std::min(most, group.items.size());
    for (std::size_t i = 0; i < shown; ++i) {
        examples += (i == 0 ? "" : ", ") + place(*group.items[i]);
    }
    const std::string others = shown < group.count
                                   ? fmt::format(" and {} more", thousands(group.count - shown))
                                   : std::string();
    return fmt::format("  {} {}: {}\n      {}{}\n", thousands(group.count), name_of(group.kind),
                       reason, examples, others);
}

std::string skipped_text(const pipeline::PipelineReport& report, Detail detail) {
    if (report.skipped.empty()) {
        return {};
    }
    const bool is_verbose = detail == Detail::verbose;
    const std::vector<Group> groups = group_skipped(report.skipped);
    std::string out =
        fmt::format("Skipped {} ({}):\n", counted(count_items(report.skipped), "item", "items"),
                    told_by_kind(count_by_kind(report.skipped)));
    const std::size_t shown = is_verbose ? groups.size() : std::min(groups.size(), k_shown_groups);
    for (std::size_t i = 0; i < shown; ++i) {
        out += group_text(groups[i], is_verbose ? k_verbose_examples : k_shown_examples);
    }
    if (shown < groups.size()) {
        out += fmt::format("  ... and for {} (--verbose shows them, --report FILE.json lists "
                           "every item)\n",
                           counted(groups.size() - shown, "more reason", "more reasons"));
    }
    return out;
}

std::string nothing_new(const pipeline::PipelineReport& report) {
    return fmt::format("Nothing new in {}; the index stays as it is: {}\n",
                       counted(report.listed, "snapshot", "snapshots"),
                       text::terminal_safe(report.generation.string())) +
           what_became_of_all(report);
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
    out += ".\n" + what_became_of_all(report);
    out +=
        fmt::format("The index holds {} of {} from {} ({:.1f} MB of text):\n"
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
          {"known", report.known},
          {"skipped", by_kind(report.left_out)},
          {"converted", report.converted},
          {"mojibake", report.mojibake},
          {"undated", report.undated},
          {"without_vendor", report.without_vendor}}},
        {"resumed_policies", report.resumed},
        {"index", json_of(report.counts, report)},
        {"skipped_by_kind", by_kind(count_by_kind(report.skipped))},
        {"skipped_by_reason", skipped_by_reason(report)},
        {"skipped", skipped_of(report)}};
    return json::serialize(object) + "\n";
}

std::string summary_text(const pipeline::PipelineReport& report, Detail detail,
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
    return out + skipped_text(report, detail);
}

}  // namespace smallprint::indexer

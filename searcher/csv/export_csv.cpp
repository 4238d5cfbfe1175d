// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/csv/export_csv.h"

#include "common/model/date.h"
#include "searcher/csv/csv.h"
#include "searcher/index/clause_view.h"
#include "searcher/search/results.h"
#include "searcher/told/facts.h"

#include <fmt/format.h>

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace smallprint {
namespace {

struct Column {
    const char* name;
    std::string (*value)(const Hit& hit);
};

std::string day_text(std::optional<Day> day) {
    return day ? format_day(*day) : "";
}

std::string headings_text(const Hit& hit) {
    return fmt::format("{}", fmt::join(hit.clause.heading_path, " > "));
}

// "2014-03-02..2016-12-08 (6)", several with "; " between them.
std::string runs_text(const Hit& hit) {
    std::string text;
    for (const RunDates& run : hit.clause.runs) {
        text += fmt::format("{}{}..{} ({})", text.empty() ? "" : "; ", day_text(run.first),
                            day_text(run.last), run.snapshots);
    }
    return text;
}

constexpr std::array k_columns = {
    Column{"id", [](const Hit& hit) { return hit.clause.id; }},
    Column{"vendor", [](const Hit& hit) { return hit.clause.policy.vendor; }},
    Column{"vendor_source",
           [](const Hit& hit) { return std::string(name_of(hit.clause.policy.vendor_source)); }},
    Column{"policy_id", [](const Hit& hit) { return hit.clause.policy.id; }},
    Column{"type", [](const Hit& hit) { return hit.clause.policy.type; }},
    Column{"host", [](const Hit& hit) { return hit.clause.policy.host; }},
    Column{"title", [](const Hit& hit) { return hit.clause.policy.title; }},
    Column{"lang", [](const Hit& hit) { return hit.clause.policy.language; }},
    Column{"heading_path", headings_text},
    Column{"lead_in", [](const Hit& hit) { return hit.clause.lead_in; }},
    Column{"text", [](const Hit& hit) { return hit.clause.text; }},
    Column{"first_seen", [](const Hit& hit) { return day_text(hit.clause.first_seen); }},
    Column{"last_seen", [](const Hit& hit) { return day_text(hit.clause.last_seen); }},
    Column{"runs", runs_text},
    Column{"snapshots", [](const Hit& hit) { return std::to_string(hit.clause.snapshots); }},
    Column{"still_present",
           [](const Hit& hit) { return std::string(hit.clause.still_present ? "true" : "false"); }},
    Column{"also_at_vendors",
           [](const Hit& hit) { return std::to_string(hit.clause.also_at_vendors); }},
    Column{"source_url", [](const Hit& hit) { return hit.clause.source_url; }},
    Column{"archive_url", [](const Hit& hit) { return hit.clause.archive_url; }},
    Column{"place", [](const Hit& hit) { return hit.clause.place; }},
    Column{"begin", [](const Hit& hit) { return std::to_string(hit.clause.source_begin); }},
    Column{"end", [](const Hit& hit) { return std::to_string(hit.clause.source_end); }},
};

std::string head_behind(std::vector<std::string> names) {
    for (const Column& column : k_columns) {
        names.emplace_back(column.name);
    }
    return csv_line(names);
}

std::string line_behind(std::vector<std::string> values, const Hit& hit) {
    for (const Column& column : k_columns) {
        values.push_back(column.value(hit));
    }
    return csv_line(values);
}

}  // namespace

std::string export_csv_head() {
    return head_behind({});
}

std::string export_csv_line(const Hit& hit) {
    return line_behind({}, hit);
}

std::string search_csv_head(QueryIds ids) {
    return ids == QueryIds::none ? head_behind({"rank", "score"})
                                 : head_behind({"query_id", "rank", "score"});
}

std::string search_csv_lines(const SearchResults& results,
                             std::optional<std::string_view> query_id) {
    std::string lines;
    for (const Hit& hit : results.hits) {
        std::vector<std::string> values;
        if (query_id) {
            values.emplace_back(*query_id);
        }
        values.push_back(std::to_string(hit.rank));
        values.push_back(fmt::format("{:.2f}", hit.score));
        lines += line_behind(std::move(values), hit);
    }
    return lines;
}

}  // namespace smallprint

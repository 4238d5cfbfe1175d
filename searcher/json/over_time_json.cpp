// SPDX-License-Identifier: GPL-2.0-or-later

#include "common/base/enum_names.h"
#include "common/model/date.h"
#include "searcher/index/clause_view.h"
#include "searcher/json/json.h"
#include "searcher/json/json_values.h"
#include "searcher/over_time/coverage.h"
#include "searcher/over_time/history.h"
#include "searcher/over_time/trend.h"
#include "searcher/request/period.h"
#include "searcher/request/requests.h"
#include "searcher/told/answers.h"
#include "searcher/told/changes.h"

#include <boost/json.hpp>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace smallprint::json {

namespace {

boost::json::value clause_value(const over_time::PolicyTimeline& timeline, std::uint32_t number) {
    if (number == 0) {
        return nullptr;
    }
    const over_time::ClauseText& clause = timeline.clauses[number];
    return {{"id", text_value(clause.id)}, {"text", text_value(clause.text)}};
}

boost::json::object change_value(const over_time::PolicyTimeline& timeline,
                                 const over_time::ClauseChange& change) {
    const bool reworded = change.kind == over_time::ChangeKind::reworded;
    return {{"kind", name_of(change.kind)},
            {"restored", change.restored},
            {"similarity", reworded ? boost::json::value(hundredths(change.similarity)) : nullptr},
            {"heading_path", text_array(change.heading_path)},
            {"before", clause_value(timeline, change.before)},
            {"after", clause_value(timeline, change.after)}};
}

boost::json::object snapshot_value(const over_time::SnapshotChanges& snapshot) {
    return {{"snapshot", snapshot.number},
            {"captured", time_value(snapshot.captured)},
            {"source_url", text_or_null(snapshot.source_url)},
            {"archive_url", text_or_null(snapshot.archive_url)},
            {"place", text_or_null(snapshot.place)},
            {"clauses", snapshot.clauses}};
}

boost::json::value move_value(const std::optional<over_time::Move>& move) {
    if (!move) {
        return nullptr;
    }
    return {{"from", text_value(move->from)},
            {"to", text_value(move->to)},
            {"last_there", time_value(move->last_there)},
            {"first_here", time_value(move->first_here)}};
}

boost::json::object dated_value(const over_time::PolicyTimeline& timeline,
                                const over_time::SnapshotChanges& snapshot) {
    boost::json::object object = snapshot_value(snapshot);
    object["compared_with"] = snapshot.compared_with > 0
                                  ? boost::json::value(snapshot.compared_with)
                                  : boost::json::value(nullptr);
    object["reextracted"] = snapshot.reextracted;
    object["moved"] = move_value(snapshot.move);
    object["added"] = told::count_changes(snapshot, over_time::ChangeKind::added);
    object["removed"] = told::count_changes(snapshot, over_time::ChangeKind::removed);
    object["reworded"] = told::count_changes(snapshot, over_time::ChangeKind::reworded);
    boost::json::array changes;
    for (const over_time::ClauseChange& change : snapshot.changes) {
        changes.emplace_back(change_value(timeline, change));
    }
    object["changes"] = std::move(changes);
    boost::json::array headings;
    for (const over_time::HeadingChange& change : snapshot.headings) {
        headings.push_back({{"kind", name_of(change.kind)},
                            {"heading_path", text_array(change.heading_path)},
                            {"before", text_or_null(change.before)},
                            {"after", text_or_null(change.after)}});
    }
    object["headings"] = std::move(headings);
    object["boilerplate"] = snapshot.boilerplate;
    return object;
}

boost::json::object timeline_value(const over_time::PolicyTimeline& timeline) {
    boost::json::object object = {{"vendor", text_or_null(timeline.policy.vendor)},
                                  {"vendor_source", name_of(timeline.policy.vendor_source)},
                                  {"policy", policy_value(timeline.policy)},
                                  {"snapshots", timeline.snapshots},
                                  {"first", day_value(timeline.first)},
                                  {"last", day_value(timeline.last)},
                                  {"all_compared", timeline.all_compared}};
    boost::json::array dated;
    for (const over_time::SnapshotChanges& snapshot : timeline.dated) {
        dated.emplace_back(dated_value(timeline, snapshot));
    }
    boost::json::array undated;
    for (const over_time::SnapshotChanges& snapshot : timeline.undated) {
        undated.emplace_back(snapshot_value(snapshot));
    }
    object["timeline"] = std::move(dated);
    object["undated"] = std::move(undated);
    return object;
}

boost::json::array others_value(const std::vector<over_time::OtherWording>& others) {
    boost::json::array array;
    for (const over_time::OtherWording& other : others) {
        array.push_back(
            {{"id", text_value(other.clause.id)},
             {"text", text_value(other.clause.text)},
             {"similarity", other.similarity > 0 ? boost::json::value(hundredths(other.similarity))
                                                 : boost::json::value(nullptr)}});
    }
    return array;
}

boost::json::object run_value(const over_time::LifeRun& run) {
    boost::json::array moves;
    for (const over_time::Move& move : run.moves) {
        moves.push_back(move_value(move));
    }
    return {{"first", day_value(run.dates.first)},
            {"last", day_value(run.dates.last)},
            {"snapshots", run.dates.snapshots},
            {"first_snapshot", run.first},
            {"last_snapshot", run.last},
            {"begins_policy", run.begins_policy},
            {"restored", run.restored},
            {"reextracted", run.reextracted_first},
            {"replaced", others_value(run.replaced)},
            {"moves", std::move(moves)},
            {"gone", time_value(run.gone)},
            {"gone_reextracted", run.reextracted_gone},
            {"replaced_by", others_value(run.replaced_by)}};
}

std::string life_json(const over_time::ClauseLife& life, const request::HistoryRequest& request) {
    boost::json::array runs;
    for (const over_time::LifeRun& run : life.runs) {
        runs.emplace_back(run_value(run));
    }
    const index::ClauseView& clause = life.clause;
    return json_line(boost::json::object{
        {"schema", "smallprint.clause_history.v1"},
        {"id", text_value(clause.id)},
        {"vendor", text_or_null(clause.policy.vendor)},
        {"vendor_source", name_of(clause.policy.vendor_source)},
        {"policy", policy_value(clause.policy)},
        {"heading_path", text_array(clause.heading_path)},
        {"text", text_value(clause.text)},
        {"boilerplate", clause.boilerplate},
        {"still_present", clause.still_present},
        {"snapshots", clause.snapshots},
        {"policy_snapshots", life.policy_snapshots},
        {"undated", life.undated},
        {"from", day_value(request.from)},
        {"to", day_value(request.to)},
        {"runs", std::move(runs)},
    });
}

}  // namespace

std::string history_json(const over_time::History& history,
                         const request::HistoryRequest& request) {
    if (history.life) {
        return life_json(*history.life, request);
    }
    boost::json::array policies;
    for (const over_time::PolicyTimeline& timeline : history.timelines) {
        policies.emplace_back(timeline_value(timeline));
    }
    return json_line(boost::json::object{
        {"schema", "smallprint.history.v1"},
        {"target", text_value(request.target)},
        {"type", text_or_null(request.type)},
        {"from", day_value(request.from)},
        {"to", day_value(request.to)},
        {"policies", std::move(policies)},
    });
}

namespace {

boost::json::value share_value(std::uint64_t matching, std::uint64_t observed) {
    if (observed == 0) {
        return nullptr;
    }
    constexpr double parts = 10000;
    return std::round(told::share_of(matching, observed) * parts) / parts;
}

boost::json::object series_value(const over_time::TrendSeries& series,
                                 const over_time::Trend& trend) {
    boost::json::array points;
    for (std::size_t i = 0; i < trend.periods.size(); ++i) {
        const auto& [period, observed] = trend.periods[i];
        points.push_back({{"period", period.name()},
                          {"matching", series.matching[i]},
                          {"observed", observed},
                          {"share", share_value(series.matching[i], observed)}});
    }
    return {{"query", text_value(series.query)},
            {"clauses", series.clauses},
            {"vendors", series.vendors},
            {"points", std::move(points)}};
}

}  // namespace

std::string trend_json(const over_time::Trend& trend, const request::TrendRequest& request) {
    boost::json::array periods;
    for (const auto& [period, observed] : trend.periods) {
        periods.push_back({{"period", period.name()},
                           {"from", format_day(period.first_day())},
                           {"to", format_day(period.last_day())},
                           {"observed", observed}});
    }
    boost::json::array queries;
    for (const over_time::TrendSeries& series : trend.series) {
        queries.emplace_back(series_value(series, trend));
    }
    return json_line(boost::json::object{
        {"schema", "smallprint.trend.v1"},
        {"by", name_of(request.by)},
        {"observation",
         request.observation == request::Observation::captured ? "captured" : "in_force"},
        {"filters", filters_value(request.filters)},
        {"synonyms", request.synonyms == request::Synonyms::used},
        {"vendors", trend.vendors},
        {"policies", trend.policies},
        {"left_out", trend.left_out},
        {"periods", std::move(periods)},
        {"queries", std::move(queries)},
    });
}

namespace {

boost::json::object gap_value(const over_time::Gap& gap) {
    return {{"first", gap.first.name()}, {"last", gap.last.name()}, {"half_years", gap.length()}};
}

boost::json::array half_years_value(const over_time::HalfYearCounts& counts) {
    boost::json::array array;
    for (const auto& [half_year, snapshots] : counts) {
        array.push_back({{"half_year", half_year.name()}, {"snapshots", snapshots}});
    }
    return array;
}

// Adds the counts that vendors, types and the whole have in common.
void add_holdings(boost::json::object& object, const over_time::Holdings& held) {
    object["policies"] = held.policies;
    object["snapshots"] = held.snapshots;
    object["undated"] = held.undated;
    object["clauses"] = held.clauses;
    object["first"] = day_value(held.first);
    object["last"] = day_value(held.last);
}

boost::json::object vendor_value(const over_time::VendorCoverage& vendor) {
    boost::json::object object = {{"vendor", text_or_null(vendor.vendor)}};
    add_holdings(object, vendor.all);
    object["half_years"] = half_years_value(vendor.all.half_years);
    boost::json::array gaps;
    for (const over_time::Gap& gap : over_time::find_gaps(vendor.all)) {
        gaps.emplace_back(gap_value(gap));
    }
    object["gaps"] = std::move(gaps);
    const std::optional<over_time::Gap> longest = over_time::longest_gap(vendor.all);
    object["longest_gap"] =
        longest ? boost::json::value(gap_value(*longest)) : boost::json::value(nullptr);
    boost::json::array types;
    for (const auto& [name, held] : vendor.types) {
        boost::json::object type = {{"type", text_or_null(name)}};
        add_holdings(type, held);
        type["half_years"] = half_years_value(held.half_years);
        types.emplace_back(std::move(type));
    }
    object["types"] = std::move(types);
    return object;
}

boost::json::array totals_value(const over_time::Coverage& coverage) {
    boost::json::array array;
    for (const auto& [half_year, snapshots] : coverage.all.half_years) {
        const auto observed = coverage.observed.find(half_year);
        array.push_back({{"half_year", half_year.name()},
                         {"vendors", observed == coverage.observed.end() ? 0 : observed->second},
                         {"snapshots", snapshots}});
    }
    return array;
}

}  // namespace

std::string vendors_json(const over_time::Coverage& coverage) {
    boost::json::object counts = {{"vendors", coverage.known_vendors}};
    add_holdings(counts, coverage.all);
    boost::json::array vendors;
    for (const over_time::VendorCoverage& vendor : coverage.vendors) {
        vendors.emplace_back(vendor_value(vendor));
    }
    return json_line(boost::json::object{
        {"schema", "smallprint.vendors.v1"},
        {"counts", std::move(counts)},
        {"half_years", totals_value(coverage)},
        {"vendors", std::move(vendors)},
    });
}

}  // namespace smallprint::json

// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/json/history_json.h"

#include "searcher/index/clause_view.h"
#include "searcher/json/json_line.h"
#include "searcher/json/json_values.h"
#include "searcher/over_time/history.h"
#include "searcher/request/requests.h"
#include "searcher/told/facts.h"

#include <boost/json.hpp>

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace smallprint {
namespace {

namespace json = boost::json;

std::string_view name_of(ChangeKind kind) {
    switch (kind) {
    case ChangeKind::added:
        return "added";
    case ChangeKind::removed:
        return "removed";
    case ChangeKind::reworded:
        return "reworded";
    }
    return "added";
}

json::value clause_value(const PolicyTimeline& timeline, std::uint32_t number) {
    if (number == 0) {
        return nullptr;
    }
    const ClauseText& clause = timeline.clauses[number];
    return {{"id", text_value(clause.id)}, {"text", text_value(clause.text)}};
}

json::object change_value(const PolicyTimeline& timeline, const ClauseChange& change) {
    const bool reworded = change.kind == ChangeKind::reworded;
    return {{"kind", name_of(change.kind)},
            {"restored", change.restored},
            {"similarity", reworded ? json::value(hundredths(change.similarity)) : nullptr},
            {"heading_path", text_array(change.heading_path)},
            {"before", clause_value(timeline, change.before)},
            {"after", clause_value(timeline, change.after)}};
}

std::int64_t count_of(const SnapshotChanges& snapshot, ChangeKind kind) {
    return std::ranges::count(snapshot.changes, kind, &ClauseChange::kind);
}

json::object snapshot_value(const SnapshotChanges& snapshot) {
    return {{"snapshot", snapshot.number},
            {"captured", time_value(snapshot.captured)},
            {"source_url", text_or_null(snapshot.source_url)},
            {"archive_url", text_or_null(snapshot.archive_url)},
            {"place", text_or_null(snapshot.place)},
            {"clauses", snapshot.clauses}};
}

json::object dated_value(const PolicyTimeline& timeline, const SnapshotChanges& snapshot) {
    json::object object = snapshot_value(snapshot);
    object["compared_with"] =
        snapshot.compared_with > 0 ? json::value(snapshot.compared_with) : json::value(nullptr);
    object["reextracted"] = snapshot.reextracted;
    object["added"] = count_of(snapshot, ChangeKind::added);
    object["removed"] = count_of(snapshot, ChangeKind::removed);
    object["reworded"] = count_of(snapshot, ChangeKind::reworded);
    json::array changes;
    for (const ClauseChange& change : snapshot.changes) {
        changes.emplace_back(change_value(timeline, change));
    }
    object["changes"] = std::move(changes);
    return object;
}

json::object timeline_value(const PolicyTimeline& timeline) {
    json::object object = {{"vendor", text_or_null(timeline.policy.vendor)},
                           {"vendor_source", name_of(timeline.policy.vendor_source)},
                           {"policy", policy_value(timeline.policy)},
                           {"snapshots", timeline.snapshots},
                           {"first", day_value(timeline.first)},
                           {"last", day_value(timeline.last)},
                           {"all_compared", timeline.all_compared}};
    json::array dated;
    for (const SnapshotChanges& snapshot : timeline.dated) {
        dated.emplace_back(dated_value(timeline, snapshot));
    }
    json::array undated;
    for (const SnapshotChanges& snapshot : timeline.undated) {
        undated.emplace_back(snapshot_value(snapshot));
    }
    object["timeline"] = std::move(dated);
    object["undated"] = std::move(undated);
    return object;
}

json::array others_value(const std::vector<OtherWording>& others) {
    json::array array;
    for (const OtherWording& other : others) {
        array.push_back(
            {{"id", text_value(other.clause.id)},
             {"text", text_value(other.clause.text)},
             {"similarity", other.similarity > 0 ? json::value(hundredths(other.similarity))
                                                 : json::value(nullptr)}});
    }
    return array;
}

json::object run_value(const LifeRun& run) {
    return {{"first", day_value(run.dates.first)},
            {"last", day_value(run.dates.last)},
            {"snapshots", run.dates.snapshots},
            {"first_snapshot", run.first},
            {"last_snapshot", run.last},
            {"begins_policy", run.begins_policy},
            {"restored", run.restored},
            {"reextracted", run.reextracted_first},
            {"replaced", others_value(run.replaced)},
            {"gone", time_value(run.gone)},
            {"gone_reextracted", run.reextracted_gone},
            {"replaced_by", others_value(run.replaced_by)}};
}

std::string life_json(const ClauseLife& life, const HistoryRequest& request) {
    json::array runs;
    for (const LifeRun& run : life.runs) {
        runs.emplace_back(run_value(run));
    }
    const ClauseView& clause = life.clause;
    return json_line(json::object{
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

std::string history_json(const History& history, const HistoryRequest& request) {
    if (history.life) {
        return life_json(*history.life, request);
    }
    json::array policies;
    for (const PolicyTimeline& timeline : history.timelines) {
        policies.emplace_back(timeline_value(timeline));
    }
    return json_line(json::object{
        {"schema", "smallprint.history.v1"},
        {"target", text_value(request.target)},
        {"type", text_or_null(request.type)},
        {"from", day_value(request.from)},
        {"to", day_value(request.to)},
        {"policies", std::move(policies)},
    });
}

}  // namespace smallprint

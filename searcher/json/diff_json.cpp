// SPDX-License-Identifier: GPL-2.0-or-later

#include "common/base/enum_names.h"
#include "common/model/date.h"
#include "searcher/diff/diff.h"
#include "searcher/diff/word_diff.h"
#include "searcher/json/json.h"
#include "searcher/json/json_values.h"

#include <boost/json.hpp>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace smallprint::json {

namespace {

boost::json::array words_value(const diff::ClauseDiff& change) {
    const TextOffsets before(change.before);
    const TextOffsets after(change.after);
    boost::json::array array;
    for (const diff::WordChange& word : change.words) {
        array.push_back(
            {{"kind", name_of(word.kind)},
             {"before", boost::json::array{before(word.before.begin), before(word.before.end)}},
             {"after", boost::json::array{after(word.after.begin), after(word.after.end)}}});
    }
    return array;
}

boost::json::value clause_value(std::string_view id, std::string_view text) {
    return id.empty() ? boost::json::value(nullptr)
                      : boost::json::value{{"id", text_value(id)}, {"text", text_value(text)}};
}

boost::json::object change_value(const diff::ClauseDiff& change) {
    const bool moved =
        change.kind == diff::DiffKind::moved_here || change.kind == diff::DiffKind::moved_away;
    return {{"kind", name_of(change.kind)},
            {"unchanged_before", change.unchanged_before},
            {"before", clause_value(change.before_id, change.before)},
            {"after", clause_value(change.after_id, change.after)},
            {"words", words_value(change)},
            {"elsewhere", moved ? boost::json::value(text_array(change.elsewhere))
                                : boost::json::value(nullptr)}};
}

boost::json::value path_value(const std::vector<std::string>& path, bool exists) {
    return exists ? boost::json::value(text_array(path)) : boost::json::value(nullptr);
}

boost::json::object section_value(const diff::SectionDiff& section) {
    boost::json::array changes;
    for (const diff::ClauseDiff& change : section.changes) {
        changes.emplace_back(change_value(change));
    }
    return {{"fate", name_of(section.fate)},
            {"moved", section.moved},
            {"renamed", section.renamed},
            {"before", path_value(section.before_path, section.fate != diff::SectionFate::added)},
            {"after", path_value(section.after_path, section.fate != diff::SectionFate::removed)},
            {"stood_after", text_or_null(section.stood_after)},
            {"changes", std::move(changes)},
            {"unchanged_after", section.unchanged_after}};
}

boost::json::object snapshot_value(const diff::ComparedSnapshot& snapshot) {
    return {{"captured", time_value(snapshot.captured)},
            {"snapshot", snapshot.number},
            {"title", text_or_null(snapshot.title)},
            {"source_url", text_or_null(snapshot.source_url)},
            {"archive_url", text_or_null(snapshot.archive_url)},
            {"place", text_or_null(snapshot.place)}};
}

boost::json::object counts_value(const diff::DiffCounts& counts) {
    return {{"added", counts.added},
            {"removed", counts.removed},
            {"reworded", counts.reworded},
            {"moved", counts.moved},
            {"unchanged", counts.unchanged},
            {"boilerplate", counts.boilerplate},
            {"sections_added", counts.sections_added},
            {"sections_removed", counts.sections_removed},
            {"sections_moved", counts.sections_moved},
            {"sections_renamed", counts.sections_renamed}};
}

boost::json::object diff_value(const diff::PolicyDiff& diff) {
    boost::json::array days;
    for (const Day day : diff.reextracted) {
        days.push_back(day_value(day));
    }
    boost::json::array sections;
    for (const diff::SectionDiff& section : diff.sections) {
        sections.emplace_back(section_value(section));
    }
    return {{"vendor", text_or_null(diff.policy.vendor)},
            {"vendor_source", name_of(diff.policy.vendor_source)},
            {"policy", policy_value(diff.policy)},
            {"snapshots", diff.snapshots},
            {"before", snapshot_value(diff.before)},
            {"after", snapshot_value(diff.after)},
            {"same_snapshot", diff.same_snapshot()},
            {"changed", diff.changed()},
            {"reextracted", std::move(days)},
            {"counts", counts_value(diff.counts)},
            {"sections", std::move(sections)}};
}

}  // namespace

std::string diff_json(const diff::DiffResults& results) {
    boost::json::array policies;
    for (const diff::PolicyDiff& diff : results.policies) {
        policies.emplace_back(diff_value(diff));
    }
    boost::json::array not_compared;
    for (const diff::NotCompared& missing : results.not_compared) {
        not_compared.push_back({{"vendor", text_or_null(missing.policy.vendor)},
                                {"policy", policy_value(missing.policy)},
                                {"first", day_value(missing.first)}});
    }
    return json_line(boost::json::object{
        {"schema", "smallprint.diff.v1"},
        {"query",
         {{"target", text_value(results.request.vendor_or_id)},
          {"type", text_or_null(results.request.type)},
          {"before", day_value(results.request.before)},
          {"after", day_value(results.request.after)},
          {"context", results.request.context}}},
        {"policies", std::move(policies)},
        {"not_compared", std::move(not_compared)},
    });
}

}  // namespace smallprint::json

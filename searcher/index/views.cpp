// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/index/views.h"

#include "common/base/result.h"
#include "common/index_format/bytes.h"
#include "common/index_format/directory.h"
#include "common/model/date.h"
#include "common/model/policy.h"
#include "common/model/section.h"
#include "common/model/wayback_url.h"
#include "searcher/index/clause_view.h"
#include "searcher/index/index.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace smallprint::index {
namespace {

std::uint64_t hash_of(const Policy& policy) {
    return policy_hash(policy.vendor, policy.terms_type, policy.key);
}

std::optional<Day> day_of_snapshot(const Policy& policy, std::uint32_t number) {
    const auto& captured = policy.snapshots[number].captured;
    return captured ? std::optional(day_of(*captured)) : std::nullopt;
}

// Checks the numbers of a passage that refer to its policy; those inside a record are checked when
// it is decoded.
Result<void> check_numbers(const Policy& policy, const Passage& passage) {
    const bool runs_fit = std::ranges::all_of(passage.runs, [&](const Run& run) {
        return run.first <= run.last && run.last < policy.snapshots.size();
    });
    const bool headings_fit = std::ranges::all_of(
        passage.heading_path, [&](std::uint32_t n) { return n < policy.headings.size(); });
    if (!runs_fit || !headings_fit || passage.lead_in > policy.passage_count ||
        passage.step >= policy.snapshots[passage.runs.back().last].order.size()) {
        return index_format::damaged_index("a clause of the index does not fit its policy");
    }
    return {};
}

void add_dates(const Policy& policy, const Passage& passage, ClauseView& view) {
    for (const Run& run : passage.runs) {
        view.runs.push_back(run_dates(policy, run));
        view.snapshots += view.runs.back().snapshots;
        view.first_seen = view.first_seen ? view.first_seen : view.runs.back().first;
        view.last_seen = view.runs.back().last ? view.runs.back().last : view.last_seen;
    }
    view.still_present = passage.runs.back().last + 1 == policy.snapshots.size();
}

enum class Direction : int { back = -1, forth = 1 };

// The place of a clause: a step of a snapshot's order.
struct Standpoint {
    index_format::DocumentId policy;
    const std::vector<Step>& order;
    std::size_t step;
};

// The texts of up to `wanted` clauses next to it, nearest first.
Result<std::vector<std::string>> neighbours(Index& index, const Standpoint& here,
                                            Direction direction, std::size_t wanted) {
    const auto by = static_cast<std::ptrdiff_t>(direction);
    std::vector<std::string> texts;
    for (auto at = static_cast<std::ptrdiff_t>(here.step) + by;
         at >= 0 && at < std::ssize(here.order) && texts.size() < wanted; at += by) {
        const Step& neighbour = here.order[static_cast<std::size_t>(at)];
        if (neighbour.is_heading) {
            continue;
        }
        TRY_ASSIGN(Passage passage, index.passage(here.policy + neighbour.number));
        if (passage.kind == PieceKind::clause) {
            texts.push_back(std::move(passage.text));
        }
    }
    return texts;
}

// True of a clause that a run-in heading is part of, or that is a heading with nothing under it.
bool starts_with_heading(const std::string& clause, const Heading& above) {
    return clause == above.text ||
           (above.level == k_run_in_level && clause.starts_with(above.text));
}

// How many headings of the snapshot stand above each of its headings.
class Depths {
public:
    std::uint8_t enter(std::uint8_t level) {
        while (!m_levels.empty() && m_levels.back() >= level) {
            m_levels.pop_back();
        }
        m_levels.push_back(level);
        return static_cast<std::uint8_t>(std::min<std::size_t>(m_levels.size() - 1, UINT8_MAX));
    }

private:
    std::vector<std::uint8_t> m_levels;
};

}  // namespace

std::string heading_label(const Heading& heading) {
    std::string label = heading.text;
    while (label.size() > 1 && (label.back() == ':' || label.back() == ' ')) {
        label.pop_back();
    }
    return label;
}

PolicyFacts policy_facts(const Policy& policy) {
    const std::string url = policy.snapshots.empty() ? "" : policy.snapshots.back().source_url;
    return {policy_id(hash_of(policy)),
            policy.vendor,
            policy.vendor_source,
            policy.terms_type,
            host_of(url),
            policy.title,
            policy.snapshots.empty() ? "" : policy.snapshots.back().language};
}

RunDates run_dates(const Policy& policy, const Run& run) {
    return {day_of_snapshot(policy, run.first), day_of_snapshot(policy, run.last),
            run.last - run.first + 1};
}

std::optional<std::size_t> snapshot_at(const Policy& policy, Day day) {
    std::optional<std::size_t> found;
    for (std::size_t i = 0; i < policy.snapshots.size(); ++i) {
        const auto& captured = policy.snapshots[i].captured;
        if (captured && day_of(*captured) <= day) {
            found = i;
        }
    }
    return found;
}

Result<ClauseView> view_clause(Index& index, index_format::DocumentId document,
                               std::size_t context) {
    const index_format::DocumentId policy_document = index.directory().policy_of(document);
    TRY_ASSIGN(const PolicyPointer policy, index.policy(policy_document));
    TRY_ASSIGN(Passage passage, index.passage(document));
    TRY(check_numbers(*policy, passage));
    const Snapshot& snapshot = policy->snapshots[passage.runs.back().last];
    ClauseView view;
    view.id = clause_id(hash_of(*policy), text_hash(passage.text));
    view.policy = policy_facts(*policy);
    view.policy.language = snapshot.language;
    view.boilerplate = stands_aside(passage.kind);
    for (const std::uint32_t heading : passage.heading_path) {
        if (policy->headings[heading].text != passage.text) {
            view.heading_path.push_back(heading_label(policy->headings[heading]));
        }
    }
    if (passage.lead_in != 0) {
        TRY_ASSIGN(Passage lead_in, index.passage(policy_document + passage.lead_in));
        view.lead_in = std::move(lead_in.text);
    }
    add_dates(*policy, passage, view);
    const Standpoint here{policy_document, snapshot.order, passage.step};
    TRY_ASSIGN(view.before, neighbours(index, here, Direction::back, context));
    std::ranges::reverse(view.before);
    TRY_ASSIGN(view.after, neighbours(index, here, Direction::forth, context));
    view.text = std::move(passage.text);
    view.links = std::move(passage.links);
    static_cast<Capture&>(view) = static_cast<const Capture&>(snapshot);
    view.source_begin = passage.source_begin;
    view.source_end = passage.source_end;
    return view;
}

Result<PolicyView> view_policy(Index& index, index_format::DocumentId policy_document,
                               std::size_t snapshot, std::uint32_t focus) {
    TRY_ASSIGN(const PolicyPointer policy, index.policy(policy_document));
    const Snapshot& shown = policy->snapshots[snapshot];
    PolicyView view;
    view.policy = policy_facts(*policy);
    view.policy.language = shown.language;
    static_cast<Capture&>(view) = static_cast<const Capture&>(shown);
    view.snapshot = snapshot + 1;
    view.snapshots = policy->snapshots.size();
    for (const Snapshot& one : policy->snapshots) {
        if (one.captured) {
            view.captures.push_back(*one.captured);
        }
    }
    std::string heading_in_focus;
    if (focus != 0) {
        TRY_ASSIGN(const Passage passage, index.passage(policy_document + focus));
        heading_in_focus = passage.kind == PieceKind::clause ? "" : passage.text;
    }
    Depths depths;
    std::uint8_t level_above = 0;  // of the heading in the line before
    for (const Step& step : shown.order) {
        if (step.is_heading) {
            const Heading& heading = policy->headings[step.number];
            const bool titles = heading.level == 0;
            view.lines.push_back({.kind = titles ? PieceKind::title : PieceKind::heading,
                                  .level = titles ? std::uint8_t{0} : depths.enter(heading.level),
                                  .text = heading.text});
            if (heading.text == heading_in_focus) {
                view.lines.back().id = clause_id(hash_of(*policy), text_hash(heading.text));
                view.lines.back().focused = true;
            }
            level_above = heading.level;
        } else {
            TRY_ASSIGN(Passage passage, index.passage(policy_document + step.number));
            const std::string id = clause_id(hash_of(*policy), text_hash(passage.text));
            if (level_above != 0) {
                index::PolicyLine& above = view.lines.back();
                above.run_in = starts_with_heading(passage.text, {level_above, above.text});
            }
            level_above = 0;
            view.lines.push_back({.kind = passage.kind,
                                  .text = std::move(passage.text),
                                  .id = id,
                                  .focused = focus != 0 && step.number == focus});
        }
    }
    return view;
}

Result<PolicyOverview> view_overview(Index& index, index_format::DocumentId policy_document) {
    TRY_ASSIGN(const PolicyPointer policy, index.policy(policy_document));
    PolicyOverview overview;
    overview.policy = policy_facts(*policy);
    overview.snapshots = policy->snapshots.size();
    overview.clauses = policy->clause_count;
    for (const Snapshot& snapshot : policy->snapshots) {
        overview.languages.insert(snapshot.language);
        if (!snapshot.captured) {
            ++overview.undated;
            continue;
        }
        overview.first = overview.first ? overview.first : day_of(*snapshot.captured);
        overview.last = day_of(*snapshot.captured);
    }
    return overview;
}

}  // namespace smallprint::index

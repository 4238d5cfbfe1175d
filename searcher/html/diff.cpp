// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/diff/diff.h"

#include "common/model/date.h"
#include "searcher/html/markup.h"
#include "searcher/html/page_template.h"
#include "searcher/html/page_url.h"
#include "searcher/html/pages.h"
#include "searcher/html/parts.h"
#include "searcher/html/search.h"
#include "searcher/html/site.h"
#include "searcher/index/clause_view.h"
#include "searcher/request/requests.h"
#include "searcher/told/changes.h"
#include "searcher/told/facts.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace smallprint::html {
namespace {

// The class of style.css that a change is shown by.
std::string_view style_of(diff::DiffKind kind) {
    switch (kind) {
    case diff::DiffKind::added:
        return "added";
    case diff::DiffKind::removed:
        return "removed";
    case diff::DiffKind::reworded:
        return "reworded";
    case diff::DiffKind::moved_here:
        return "moved";
    case diff::DiffKind::moved_away:
        return "moved away";
    case diff::DiffKind::unchanged:
        break;
    }
    return "same";
}

std::string text_of(const diff::ClauseDiff& change) {
    if (!change.words.empty()) {
        return word_changes(change.before, change.after, change.words);
    }
    return marked(change.after.empty() ? change.before : change.after, {});
}

View left_out_view(std::size_t count) {
    return count == 0 ? View(false) : text_view(told::counted(count, "clause") + " unchanged");
}

View change_view(const diff::ClauseDiff& change) {
    const std::string& id = change.after_id.empty() ? change.before_id : change.after_id;
    return make_view({{"left_out", left_out_view(change.unchanged_before)},
                      {"style", style_of(change.kind)},
                      {"word", text_or_false(told::change_in_words(change))},
                      {"url", id.empty() ? View(false) : text_view(clause_url(id))},
                      {"text", text_of(change)}});
}

View section_view(const diff::SectionDiff& section, const std::string& anchor) {
    const bool is_gone = section.fate == diff::SectionFate::removed;
    const std::vector<std::string>& path = is_gone ? section.before_path : section.after_path;
    return make_view(
        {{"anchor", anchor},
         {"path", path.empty() ? escaped(told::path_in_words(path)) : heading_path_html(path)},
         {"notes", list_of(told::section_notes(section), text_view)},
         {"changes", list_of(section.changes, change_view)},
         {"left_out_after", left_out_view(section.unchanged_after)}});
}

View counts_view(const diff::DiffCounts& counts) {
    View list = list_view();
    for (const auto& [count, word] : told::clause_counts(counts)) {
        if (count > 0) {
            list.push_back(
                make_view({{"style", word == "unchanged" ? "same" : word},
                           {"text", fmt::format("{} {}", told::thousands(count), word)}}));
        }
    }
    return list;
}

View side_view(const diff::ComparedSnapshot& snapshot, const index::PolicyFacts& policy) {
    const auto day = snapshot.captured ? std::optional(day_of(*snapshot.captured)) : std::nullopt;
    return make_view({{"day", told::day_in_words(snapshot)},
                      {"url", policy_url(policy.id, day)},
                      {"archive", archive_view(snapshot.archive_url)}});
}

// Tells the number of clauses that changed, or what else did.
std::string extent_of(const diff::SectionDiff& section) {
    const auto changes = std::ranges::count_if(section.changes, [](const diff::ClauseDiff& change) {
        return change.kind != diff::DiffKind::unchanged;
    });
    return changes > 0       ? told::thousands(static_cast<std::uint64_t>(changes))
           : section.renamed ? "renamed"
           : section.moved   ? "moved"
                             : "";
}

// Lists the sections and how much changed in each, to go to on a long page.
void add_contents(View& view, const diff::PolicyDiff& diff, const std::string& name) {
    constexpr std::size_t k_least = 4;
    constexpr std::size_t k_longest_heading = 70;
    View list = list_view();
    View sections = list_view();
    for (std::size_t i = 0; i < diff.sections.size(); ++i) {
        const diff::SectionDiff& section = diff.sections[i];
        const std::string anchor = fmt::format("{}-{}", name, i + 1);
        sections.push_back(section_view(section, anchor));
        const auto& path = section.after_path.empty() ? section.before_path : section.after_path;
        list.push_back(
            make_view({{"url", "#" + anchor},
                       {"text", path.empty() ? told::path_in_words(path)
                                             : beginning(path.back(), k_longest_heading)},
                       {"sub", path.size() > 1},
                       {"count", extent_of(section)}}));
    }
    fill(view, {{"has_contents", diff.sections.size() >= k_least},
                {"contents", std::move(list)},
                {"sections", std::move(sections)}});
}

View policy_view_of(const diff::PolicyDiff& diff, const std::string& name) {
    View notes = list_view();
    for (const std::string& note :
         {diff.changed() ? "" : told::no_change(diff), told::extracted_anew(diff.reextracted)}) {
        if (!note.empty()) {
            notes.push_back(text_view(sentence(note)));
        }
    }
    View view = make_view({{"type", told::document_name(diff.policy)},
                           {"old", side_view(diff.before, diff.policy)},
                           {"new", side_view(diff.after, diff.policy)},
                           {"notes", std::move(notes)},
                           {"counts", counts_view(diff.counts)}});
    add_contents(view, diff, name);
    return view;
}

}  // namespace

std::string diff_page(const DiffPage& page, const Site& site) {
    const request::DiffRequest& request = page.results.request;
    const index::PolicyFacts& policy = page.results.policies.front().policy;
    const std::vector<Day> days = days_of(page.captures);
    View view;
    add_policy(view, policy);
    View policies = list_view();
    for (const diff::PolicyDiff& diff : page.results.policies) {
        policies.push_back(
            policy_view_of(diff, fmt::format("d{}", policies.list_value().size() + 1)));
    }
    fill(view, {{"action", "/diff/" + path_segment(request.vendor_or_id)},
                {"from", format_day(request.before)},
                {"to", format_day(request.after)},
                {"only_type", text_or_false(request.type)},
                {"has_days", page.captures.size() > 1},
                {"from_days", day_choices(days, request.before)},
                {"to_days", day_choices(days, request.after)},
                {"policies", std::move(policies)},
                {"absent", list_of(page.results.not_compared, [](const diff::NotCompared& missing) {
                     return text_view(fmt::format("{} {}", told::document_name(missing.policy),
                                                  told::not_compared(missing)));
                 })}});
    return make_page(site, "diff", view,
                     {.title = fmt::format("{}: what changed from {} to {} – Smallprint",
                                           told::vendor_name(policy), format_day(request.before),
                                           format_day(request.after))});
}

}  // namespace smallprint::html

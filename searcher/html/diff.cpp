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

namespace smallprint {
namespace {

// The class of style.css that a change is shown by.
std::string_view style_of(DiffKind kind) {
    switch (kind) {
    case DiffKind::added:
        return "added";
    case DiffKind::removed:
        return "removed";
    case DiffKind::reworded:
        return "reworded";
    case DiffKind::moved_here:
        return "moved";
    case DiffKind::moved_away:
        return "moved away";
    case DiffKind::unchanged:
        break;
    }
    return "same";
}

std::string text_of(const ClauseDiff& change) {
    if (!change.words.empty()) {
        return word_changes(change.before, change.after, change.words);
    }
    return marked(change.after.empty() ? change.before : change.after, {});
}

View left_out_view(std::size_t count) {
    return count == 0 ? View(false) : text_view(counted(count, "clause") + " unchanged");
}

View change_view(const ClauseDiff& change) {
    const std::string& id = change.after_id.empty() ? change.before_id : change.after_id;
    return make_view({{"left_out", left_out_view(change.unchanged_before)},
                      {"style", style_of(change.kind)},
                      {"word", text_or_false(change_in_words(change))},
                      {"url", id.empty() ? View(false) : text_view(clause_url(id))},
                      {"text", text_of(change)}});
}

View section_view(const SectionDiff& section, const std::string& anchor) {
    const bool is_gone = section.fate == SectionFate::removed;
    const std::vector<std::string>& path = is_gone ? section.before_path : section.after_path;
    return make_view(
        {{"anchor", anchor},
         {"path", path.empty() ? escaped(path_in_words(path)) : heading_path_html(path)},
         {"notes", list_of(section_notes(section), text_view)},
         {"changes", list_of(section.changes, change_view)},
         {"left_out_after", left_out_view(section.unchanged_after)}});
}

View counts_view(const DiffCounts& counts) {
    View list = list_view();
    for (const auto& [count, word] : clause_counts(counts)) {
        if (count > 0) {
            list.push_back(make_view({{"style", word == "unchanged" ? "same" : word},
                                      {"text", fmt::format("{} {}", thousands(count), word)}}));
        }
    }
    return list;
}

View side_view(const ComparedSnapshot& snapshot, const PolicyFacts& policy) {
    const auto day = snapshot.captured ? std::optional(day_of(*snapshot.captured)) : std::nullopt;
    return make_view({{"day", day_in_words(snapshot)},
                      {"url", policy_url(policy.id, day)},
                      {"archive", archive_view(snapshot.archive_url)}});
}

// Tells the number of clauses that changed, or what else did.
std::string extent_of(const SectionDiff& section) {
    const auto changes = std::ranges::count_if(section.changes, [](const ClauseDiff& change) {
        return change.kind != DiffKind::unchanged;
    });
    return changes > 0       ? thousands(static_cast<std::uint64_t>(changes))
           : section.renamed ? "renamed"
           : section.moved   ? "moved"
                             : "";
}

// Lists the sections and how much changed in each, to go to on a long page.
void add_contents(View& view, const PolicyDiff& diff, const std::string& name) {
    constexpr std::size_t k_least = 4;
    constexpr std::size_t k_longest_heading = 70;
    View list = list_view();
    View sections = list_view();
    for (std::size_t i = 0; i < diff.sections.size(); ++i) {
        const SectionDiff& section = diff.sections[i];
        const std::string anchor = fmt::format("{}-{}", name, i + 1);
        sections.push_back(section_view(section, anchor));
        const auto& path = section.after_path.empty() ? section.before_path : section.after_path;
        list.push_back(
            make_view({{"url", "#" + anchor},
                       {"text", path.empty() ? path_in_words(path)
                                             : beginning(path.back(), k_longest_heading)},
                       {"sub", path.size() > 1},
                       {"count", extent_of(section)}}));
    }
    fill(view, {{"has_contents", diff.sections.size() >= k_least},
                {"contents", std::move(list)},
                {"sections", std::move(sections)}});
}

View policy_view_of(const PolicyDiff& diff, const std::string& name) {
    View notes = list_view();
    for (const std::string& note :
         {diff.changed() ? "" : no_change(diff), extracted_anew(diff.reextracted)}) {
        if (!note.empty()) {
            notes.push_back(text_view(sentence(note)));
        }
    }
    View view = make_view({{"type", document_name(diff.policy)},
                           {"old", side_view(diff.before, diff.policy)},
                           {"new", side_view(diff.after, diff.policy)},
                           {"notes", std::move(notes)},
                           {"counts", counts_view(diff.counts)}});
    add_contents(view, diff, name);
    return view;
}

}  // namespace

std::string diff_page(const DiffPage& page, const Site& site) {
    const DiffRequest& request = page.results.request;
    const PolicyFacts& policy = page.results.policies.front().policy;
    const std::vector<Day> days = days_of(page.captures);
    View view;
    add_policy(view, policy);
    View policies = list_view();
    for (const PolicyDiff& diff : page.results.policies) {
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
                {"absent", list_of(page.results.not_compared, [](const NotCompared& missing) {
                     return text_view(fmt::format("{} {}", document_name(missing.policy),
                                                  not_compared(missing)));
                 })}});
    return make_page(
        site, "diff", view,
        {.title = fmt::format("{}: what changed from {} to {} – Smallprint", vendor_name(policy),
                              format_day(request.before), format_day(request.after))});
}

}  // namespace smallprint

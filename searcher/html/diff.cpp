// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/diff/diff.h"

#include "common/model/date.h"
#include "searcher/html/markup.h"
#include "searcher/html/page_template.h"
#include "searcher/html/page_url.h"
#include "searcher/html/pages.h"
#include "searcher/html/search.h"
#include "searcher/html/site.h"
#include "searcher/index/clause_view.h"
#include "searcher/request/requests.h"
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

// How a change is told: the class of style.css, and the word beside it.
struct KindRow {
    std::string_view style;
    std::string_view word;
};

KindRow row_of(DiffKind kind) {
    switch (kind) {
    case DiffKind::added:
        return {"added", "added"};
    case DiffKind::removed:
        return {"removed", "removed"};
    case DiffKind::reworded:
        return {"reworded", "reworded"};
    case DiffKind::moved_here:
        return {"moved", "moved here"};
    case DiffKind::moved_away:
        return {"moved away", "moved away"};
    case DiffKind::unchanged:
        break;
    }
    return {"same", ""};
}

std::string text_of(const ClauseDiff& change) {
    if (!change.words.empty()) {
        return word_changes(change.before, change.after, change.words);
    }
    return marked(change.after.empty() ? change.before : change.after, {});
}

View left_out_view(std::size_t count) {
    return count == 0 ? View(false) : text_view(counted(count, "unchanged clause"));
}

View change_view(const ClauseDiff& change) {
    const KindRow row = row_of(change.kind);
    const std::string& id = change.after_id.empty() ? change.before_id : change.after_id;
    View view;
    view["left_out"] = left_out_view(change.unchanged_before);
    view["style"] = text_view(row.style);
    view["word"] = row.word.empty() ? View(false) : text_view(row.word);
    view["url"] = id.empty() ? View(false) : text_view(clause_url(id));
    view["text"] = html_view(text_of(change));
    view["elsewhere"] =
        change.elsewhere.empty() ? View(false) : html_view(heading_path_html(change.elsewhere));
    view["from_there"] = change.kind == DiffKind::moved_here;
    return view;
}

std::string fate_of(const SectionDiff& section) {
    if (section.fate != SectionFate::kept) {
        return section.fate == SectionFate::added ? "section added" : "section removed";
    }
    std::string words = section.renamed ? "renamed" : "";
    if (section.moved) {
        words += words.empty() ? "moved" : ", moved";
        words +=
            section.stood_after.empty() ? "" : "; it stood after “" + section.stood_after + "”";
    }
    return words;
}

View section_view(const SectionDiff& section) {
    const bool is_gone = section.fate == SectionFate::removed;
    const std::vector<std::string>& path = is_gone ? section.before_path : section.after_path;
    const std::string fate = fate_of(section);
    View view;
    view["path"] =
        html_view(path.empty() ? "<i>Before the first heading</i>" : heading_path_html(path));
    view["fate"] = fate.empty() ? View(false) : text_view(fate);
    view["was"] = section.renamed && !section.before_path.empty()
                      ? text_view(section.before_path.back())
                      : View(false);
    View changes = list_view();
    for (const ClauseDiff& change : section.changes) {
        changes.push_back(change_view(change));
    }
    view["changes"] = std::move(changes);
    view["left_out_after"] = left_out_view(section.unchanged_after);
    return view;
}

void add_count(View& list, std::size_t count, std::string_view style, std::string_view word) {
    if (count > 0) {
        View item;
        item["style"] = text_view(style);
        item["text"] = text_view(fmt::format("{} {}", thousands(count), word));
        list.push_back(item);
    }
}

View counts_view(const DiffCounts& counts) {
    View list = list_view();
    add_count(list, counts.added, "added", "added");
    add_count(list, counts.removed, "removed", "removed");
    add_count(list, counts.reworded, "reworded", "reworded");
    add_count(list, counts.moved, "moved", "moved");
    add_count(list, counts.unchanged, "same", "unchanged");
    return list;
}

std::string day_text(const ComparedSnapshot& snapshot) {
    return snapshot.captured ? format_day(day_of(*snapshot.captured)) : "unknown date";
}

View side_view(const ComparedSnapshot& snapshot, const PolicyFacts& policy) {
    const auto archived = archive_link(snapshot.archive_url);
    View view;
    view["day"] = text_view(day_text(snapshot));
    view["url"] = text_view(policy_url(
        policy.id, snapshot.captured ? std::optional(day_of(*snapshot.captured)) : std::nullopt));
    view["has_archive"] = archived.has_value();
    view["archive_url"] = text_view(archived ? archived->url : "");
    view["archive_label"] = text_view(archived ? archived->label : "");
    return view;
}

// How many clauses changed, or what else did.
std::string extent_of(const SectionDiff& section) {
    const auto changes = std::ranges::count_if(section.changes, [](const ClauseDiff& change) {
        return change.kind != DiffKind::unchanged;
    });
    return changes > 0       ? thousands(static_cast<std::uint64_t>(changes))
           : section.renamed ? "renamed"
           : section.moved   ? "moved"
                             : "";
}

// Where a page is long, its sections and how much changed in each, to go to.
void add_contents(View& view, const PolicyDiff& diff, const std::string& name) {
    constexpr std::size_t k_least = 4;
    constexpr std::size_t k_longest_heading = 70;
    View list = list_view();
    View sections = list_view();
    for (std::size_t i = 0; i < diff.sections.size(); ++i) {
        const SectionDiff& section = diff.sections[i];
        const std::string anchor = fmt::format("{}-{}", name, i + 1);
        View shown = section_view(section);
        shown["anchor"] = text_view(anchor);
        sections.push_back(shown);
        const auto& path = section.after_path.empty() ? section.before_path : section.after_path;
        View item;
        item["url"] = text_view("#" + anchor);
        item["text"] = text_view(path.empty() ? "Before the first heading"
                                              : beginning(path.back(), k_longest_heading));
        item["sub"] = path.size() > 1;
        item["count"] = text_view(extent_of(section));
        list.push_back(item);
    }
    view["has_contents"] = diff.sections.size() >= k_least;
    view["contents"] = std::move(list);
    view["sections"] = std::move(sections);
}

View policy_view_of(const PolicyDiff& diff, const std::string& name) {
    View view;
    view["type"] = text_view(diff.policy.type.empty() ? "Policy" : diff.policy.type);
    view["old"] = side_view(diff.before, diff.policy);
    view["new"] = side_view(diff.after, diff.policy);
    view["same_snapshot"] = diff.same_snapshot();
    view["unchanged"] = !diff.same_snapshot() && !diff.changed();
    view["counts"] = counts_view(diff.counts);
    view["reextracted"] = !diff.reextracted.empty();
    add_contents(view, diff, name);
    return view;
}

View days_view(const std::vector<CaptureTime>& captures, Day chosen) {
    std::optional<Day> nearest;
    for (const CaptureTime capture : captures) {
        if (day_of(capture) <= chosen) {
            nearest = day_of(capture);
        }
    }
    View list = list_view();
    std::optional<Day> told;
    for (auto capture = captures.rbegin(); capture != captures.rend(); ++capture) {
        const Day day = day_of(*capture);
        if (told != day) {
            View item;
            item["day"] = text_view(format_day(day));
            item["chosen"] = nearest == day;
            list.push_back(item);
        }
        told = day;
    }
    return list;
}

}  // namespace

std::string diff_page(const DiffPage& page, const Site& site) {
    const DiffRequest& request = page.results.request;
    const PolicyFacts& policy = page.results.policies.front().policy;
    View view;
    view["vendor"] = text_view(vendor_name(policy));
    view["vendor_url"] = text_view(vendor_url(policy.vendor));
    view["has_vendor"] = !policy.vendor.empty();
    view["action"] = text_view("/diff/" + path_segment(request.vendor_or_id));
    view["from"] = text_view(format_day(request.before));
    view["to"] = text_view(format_day(request.after));
    view["only_type"] = request.type.empty() ? View(false) : text_view(request.type);
    view["has_days"] = page.captures.size() > 1;
    view["from_days"] = days_view(page.captures, request.before);
    view["to_days"] = days_view(page.captures, request.after);
    View policies = list_view();
    for (const PolicyDiff& diff : page.results.policies) {
        policies.push_back(
            policy_view_of(diff, fmt::format("d{}", policies.list_value().size() + 1)));
    }
    view["policies"] = std::move(policies);
    View absent = list_view();
    for (const NotCompared& other : page.results.not_compared) {
        absent.push_back(text_view(fmt::format("{} was first captured {}", other.policy.type,
                                               day_or_unknown(other.first))));
    }
    view["absent"] = std::move(absent);
    return framed(site, {.title = fmt::format("{}: what changed from {} to {} – Smallprint",
                                              vendor_name(policy), format_day(request.before),
                                              format_day(request.after)),
                         .main = rendered(site.files, "diff", view)});
}

}  // namespace smallprint

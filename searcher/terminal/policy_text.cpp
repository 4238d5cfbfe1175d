// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/base/enum_names.h"
#include "common/base/strings.h"
#include "common/model/section.h"
#include "searcher/index/clause_view.h"
#include "searcher/terminal/page.h"
#include "searcher/terminal/text.h"
#include "searcher/told/facts.h"
#include "searcher/told/styled_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace smallprint::terminal {
namespace {

// Menus of web pages have a hundred lines; so many are shown of more than so many in a row.
constexpr std::size_t k_most_aside = 8;
constexpr std::size_t k_shown_aside = 3;

const told::Span k_indent = {told::Style::plain, "  "};
const told::Span k_bar = {told::Style::mark, "▌ "};
const told::Span k_aside = {told::Style::dim, "┊ "};

void add_clause_facts(Page& page, const index::ClauseView& clause, Detail detail) {
    page.add_fact("Heading", join(clause.heading_path, " › "));
    page.add_fact("Stood", told::standing_text(clause));
    if (clause.runs.size() > 1) {
        page.add_fact(fmt::format("{} runs", clause.runs.size()),
                      join(told::run_list(clause.runs, clause.runs.size()), " "));
    }
    if (clause.also_at_vendors > 0) {
        page.add_fact("Also at", told::counted(clause.also_at_vendors, "other vendor"));
    }
    page.add_fact("Note", std::string(clause.boilerplate ? told::k_boilerplate_note : ""));
    if (detail == Detail::full) {
        for (const Link& link : clause.links) {
            page.add_fact("Link", link.target);
        }
    }
}

void add_snapshot_facts(Page& page, const index::PolicyView& view, Detail detail) {
    page.add_fact("Captured", told::snapshot_text(view.captured, view.snapshot, view.snapshots));
    page.add_fact("Original", view.source_url);
    page.add_fact("Archived", view.archive_url);
    if (detail == Detail::full || (view.source_url.empty() && view.archive_url.empty())) {
        page.add_fact("Read from", view.place);
    }
    if (detail == Detail::full) {
        page.add_fact("Vendor from", std::string(name_of(view.policy.vendor_source)));
    }
}

void add_head(Page& page, const PolicyPage& shown, Detail detail) {
    page.add_paragraph(told::policy_name(shown.view.policy));
    if (shown.clause != nullptr) {
        add_clause_facts(page, *shown.clause, detail);
    } else {
        page.add_fact("Title", shown.view.policy.title);
    }
    add_snapshot_facts(page, shown.view, detail);
    page.add_fact("Id", shown.clause != nullptr ? shown.clause->id : shown.view.policy.id);
    page.add_rule();
}

void add_heading(Page& page, const index::PolicyLine& line) {
    const bool is_below_others = line.kind == PieceKind::heading && line.level > 0;
    page.add_heading({{told::Style::heading, line.text}}, is_below_others                 ? ""
                                                          : line.kind == PieceKind::title ? "═"
                                                                                          : "─");
}

bool is_heading(const index::PolicyLine& line) {
    return line.kind == PieceKind::heading || line.kind == PieceKind::title;
}

bool is_list_item(const index::PolicyLine* line) {
    return line != nullptr && line->kind == PieceKind::clause && line->text.starts_with("• ");
}

// `previous` is the line shown just above, null where there is none.
void add_policy_line(Page& page, const index::PolicyLine& line, const index::PolicyLine* previous) {
    if (is_heading(line) && !line.focused) {
        if (!line.run_in) {
            add_heading(page, line);
        }
        return;
    }
    if (line.kind == PieceKind::boilerplate && !line.focused) {
        if (previous == nullptr || previous->kind != PieceKind::boilerplate) {
            page.add_blank();
            page.add_line({k_aside, {told::Style::dim, "(not part of the policy's text)"}});
        }
        page.add_paragraph(line.text, told::Style::dim, hanging(k_aside));
        return;
    }
    if (!is_list_item(&line) || !is_list_item(previous)) {
        page.add_blank();
    }
    page.add_paragraph(line.text, line.focused ? told::Style::strong : told::Style::plain,
                       hanging(line.focused ? k_bar : k_indent));
}

// The lines from so many clauses before the focused one to so many after it, with what stands
// between them and the headings just above the first.
struct Stretch {
    std::size_t first = 0;
    std::size_t last = 0;
};

Stretch stretch_around(const std::vector<index::PolicyLine>& lines, std::size_t focus,
                       std::size_t context) {
    Stretch stretch = {focus, focus};
    std::size_t left = context;
    for (std::size_t i = focus; i-- > 0 && left > 0;) {
        if (!is_heading(lines[i])) {
            stretch.first = i;
            --left;
        }
    }
    left = context;
    for (std::size_t i = focus + 1; i < lines.size() && left > 0; ++i) {
        if (!is_heading(lines[i])) {
            stretch.last = i;
            --left;
        }
    }
    while (stretch.first > 0 && is_heading(lines[stretch.first - 1])) {
        --stretch.first;
    }
    return stretch;
}

// Chooses the focused line with its context and the headings above it.
std::vector<bool> chosen_lines(const std::vector<index::PolicyLine>& lines, std::size_t context) {
    const auto focus = std::ranges::find(lines, true, &index::PolicyLine::focused);
    if (context == k_whole_policy || focus == lines.end()) {
        return std::vector<bool>(lines.size(), true);
    }
    const auto at = static_cast<std::size_t>(focus - lines.begin());
    const Stretch stretch = stretch_around(lines, at, context);
    std::vector<bool> chosen(lines.size(), false);
    for (std::size_t i = stretch.first; i <= stretch.last; ++i) {
        chosen[i] = true;
    }
    std::size_t deepest = SIZE_MAX;
    for (std::size_t i = at; i-- > 0;) {
        if (lines[i].kind == PieceKind::heading && lines[i].level < deepest) {
            deepest = lines[i].level;
            chosen[i] = true;
        }
    }
    return chosen;
}

void add_gap(Page& page) {
    page.add_blank();
    page.add_line({k_indent, {told::Style::dim, "⋮"}});
}

// Counts the lines of boilerplate in a row from `begin` on, none of them asked for.
std::size_t boilerplate_from(const std::vector<index::PolicyLine>& lines, std::size_t begin) {
    std::size_t end = begin;
    while (end < lines.size() && lines[end].kind == PieceKind::boilerplate && !lines[end].focused) {
        ++end;
    }
    return end - begin;
}

void add_start_of_aside(Page& page, const std::vector<index::PolicyLine>& lines, std::size_t begin,
                        std::size_t count) {
    for (std::size_t i = begin; i < begin + k_shown_aside; ++i) {
        add_policy_line(page, lines[i], i == begin ? nullptr : &lines[i - 1]);
    }
    page.add_line({k_aside,
                   {told::Style::dim,
                    fmt::format("… and {} lines more (-v shows them)", count - k_shown_aside)}});
}

void add_lines(Page& page, const index::PolicyView& view, std::size_t context, Detail detail) {
    const std::vector<bool> chosen = chosen_lines(view.lines, context);
    bool gap = false;
    for (std::size_t i = 0; i < view.lines.size(); ++i) {
        const std::size_t aside = boilerplate_from(view.lines, i);
        if (detail != Detail::full && chosen[i] && !gap && aside > k_most_aside) {
            add_start_of_aside(page, view.lines, i, aside);
            i += aside - 1;
            continue;
        }
        if (!chosen[i]) {
            gap = true;
            continue;
        }
        if (gap) {
            add_gap(page);
        }
        gap = false;
        const bool follows = i > 0 && chosen[i - 1];
        add_policy_line(page, view.lines[i], follows ? &view.lines[i - 1] : nullptr);
    }
    if (gap) {
        add_gap(page);
    }
}

}  // namespace

std::string policy_text(const PolicyPage& shown, Layout layout, Detail detail) {
    Page page(layout);
    if (detail != Detail::brief) {
        add_head(page, shown, detail);
    }
    const bool stands = std::ranges::any_of(shown.view.lines, &index::PolicyLine::focused);
    if (shown.clause != nullptr && !stands) {
        page.add_blank();
        page.add_paragraph("The clause does not stand in this snapshot. It says:",
                           told::Style::strong);
        page.add_blank();
        page.add_paragraph(shown.clause->text, told::Style::plain, hanging(k_bar));
        if (shown.context != k_whole_policy) {
            return page.rendered();
        }
    }
    add_lines(page, shown.view, shown.context, detail);
    return page.rendered();
}

}  // namespace smallprint::terminal

// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/base/enum_names.h"
#include "common/model/section.h"
#include "searcher/index/clause_view.h"
#include "searcher/text/page.h"
#include "searcher/text/text.h"
#include "searcher/told/facts.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace smallprint {
namespace {

// Menus of web pages have a hundred lines; so many are shown of more than so many in a row.
constexpr std::size_t k_most_aside = 8;
constexpr std::size_t k_shown_aside = 3;

const Span k_indent = {Style::plain, "  "};
const Span k_bar = {Style::mark, "▌ "};
const Span k_aside = {Style::dim, "┊ "};

std::string repeated(std::string_view stroke, std::size_t times) {
    std::string line;
    for (std::size_t i = 0; i < times; ++i) {
        line += stroke;
    }
    return line;
}

void add_fact(Page& page, std::string_view name, const std::string& value) {
    constexpr std::size_t name_width = 12;
    if (value.empty()) {
        return;
    }
    const Span label = {Style::dim, fmt::format("{:<{}}", name, name_width)};
    if (value.find(' ') == std::string::npos) {
        page.add_line({label, {Style::plain, value}});  // an address stays whole
        return;
    }
    page.add_paragraph(
        {{Style::plain, value}},
        {.first_gutter = {label}, .gutter = {{Style::plain, std::string(name_width, ' ')}}});
}

void add_name(Page& page, const PolicyFacts& policy) {
    StyledText name = {{Style::strong, vendor_name(policy)}};
    if (!policy.type.empty()) {
        name.push_back({Style::plain, " · " + policy.type});
    }
    page.add_paragraph(name);
}

void add_clause_facts(Page& page, const ClauseView& clause, Detail detail) {
    std::string path;
    for (const std::string& heading : clause.heading_path) {
        path += (path.empty() ? "" : " › ") + heading;
    }
    add_fact(page, "Heading", path);
    add_fact(page, "Stood",
             fmt::format("{} · {}{}", date_span(clause.first_seen, clause.last_seen),
                         counted(clause.snapshots, "snapshot"),
                         clause.still_present ? " · still present" : ""));
    if (clause.runs.size() > 1) {
        add_fact(page, fmt::format("{} runs", clause.runs.size()),
                 fmt::format("{}", fmt::join(run_list(clause.runs, clause.runs.size()), " ")));
    }
    if (clause.also_at_vendors > 0) {
        add_fact(page, "Also at", counted(clause.also_at_vendors, "other vendor"));
    }
    if (clause.boilerplate) {
        add_fact(page, "Note", "boilerplate: navigation or footer, not searched");
    }
    if (detail == Detail::full) {
        for (const Link& link : clause.links) {
            add_fact(page, "Link", link.target);
        }
    }
}

void add_snapshot_facts(Page& page, const PolicyView& view, Detail detail) {
    add_fact(page, "Captured",
             fmt::format("{} · snapshot {} of {}",
                         view.captured ? capture_text(*view.captured) : "date unknown",
                         view.snapshot, view.snapshots));
    add_fact(page, "Original", view.source_url);
    add_fact(page, "Archived", view.archive_url);
    if (detail == Detail::full || (view.source_url.empty() && view.archive_url.empty())) {
        add_fact(page, "Read from", view.place);
    }
    if (detail == Detail::full) {
        add_fact(page, "Vendor from", std::string(name_of(view.policy.vendor_source)));
    }
}

void add_head(Page& page, const PolicyPage& shown, Detail detail) {
    add_name(page, shown.view.policy);
    if (shown.clause != nullptr) {
        add_clause_facts(page, *shown.clause, detail);
    } else {
        add_fact(page, "Title", shown.view.policy.title);
    }
    add_snapshot_facts(page, shown.view, detail);
    add_fact(page, "Id", shown.clause != nullptr ? shown.clause->id : shown.view.policy.id);
    page.add_line({{Style::dim, repeated("─", page.width())}});
}

void add_heading(Page& page, const PolicyLine& line) {
    page.add_blank();
    const std::vector<StyledText> lines = wrapped({{Style::heading, line.text}}, page.width());
    std::size_t width = 0;
    for (const StyledText& text : lines) {
        width = std::max(width, width_of(text));
        page.add_line(text);
    }
    if (line.kind == PieceKind::heading && line.level > 0) {
        return;
    }
    const std::string_view stroke = line.kind == PieceKind::title ? "═" : "─";
    page.add_line({{Style::dim, repeated(stroke, width)}});
}

bool is_heading(const PolicyLine& line) {
    return line.kind == PieceKind::heading || line.kind == PieceKind::title;
}

bool is_list_item(const PolicyLine* line) {
    return line != nullptr && line->kind == PieceKind::clause && line->text.starts_with("• ");
}

// `previous` is the line shown just above, null where there is none.
void add_policy_line(Page& page, const PolicyLine& line, const PolicyLine* previous) {
    if (is_heading(line)) {
        add_heading(page, line);
        return;
    }
    if (line.kind == PieceKind::boilerplate && !line.focused) {
        if (previous == nullptr || previous->kind != PieceKind::boilerplate) {
            page.add_blank();
            page.add_line({k_aside, {Style::dim, "(not part of the policy's text)"}});
        }
        page.add_paragraph({{Style::dim, line.text}},
                           {.first_gutter = {k_aside}, .gutter = {k_aside}});
        return;
    }
    if (!is_list_item(&line) || !is_list_item(previous)) {
        page.add_blank();
    }
    const Span& gutter = line.focused ? k_bar : k_indent;
    page.add_paragraph({{line.focused ? Style::strong : Style::plain, line.text}},
                       {.first_gutter = {gutter}, .gutter = {gutter}});
}

// The lines from so many clauses before the focused one to so many after it, with what stands
// between them and the headings just above the first.
struct Stretch {
    std::size_t first = 0;
    std::size_t last = 0;
};

Stretch stretch_around(const std::vector<PolicyLine>& lines, std::size_t focus,
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

// Which lines to show: the focused one with its context, and the headings it stands under.
std::vector<bool> chosen_lines(const std::vector<PolicyLine>& lines, std::size_t context) {
    const auto focus = std::ranges::find(lines, true, &PolicyLine::focused);
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
    page.add_line({k_indent, {Style::dim, "⋮"}});
}

// How many lines of boilerplate stand in a row from `begin` on, none of them asked for.
std::size_t boilerplate_from(const std::vector<PolicyLine>& lines, std::size_t begin) {
    std::size_t end = begin;
    while (end < lines.size() && lines[end].kind == PieceKind::boilerplate && !lines[end].focused) {
        ++end;
    }
    return end - begin;
}

void add_start_of_aside(Page& page, const std::vector<PolicyLine>& lines, std::size_t begin,
                        std::size_t count) {
    for (std::size_t i = begin; i < begin + k_shown_aside; ++i) {
        add_policy_line(page, lines[i], i == begin ? nullptr : &lines[i - 1]);
    }
    page.add_line(
        {k_aside,
         {Style::dim, fmt::format("… and {} lines more (-v shows them)", count - k_shown_aside)}});
}

void add_lines(Page& page, const PolicyView& view, std::size_t context, Detail detail) {
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
    const bool stands = std::ranges::any_of(shown.view.lines, &PolicyLine::focused);
    if (shown.clause != nullptr && !stands) {
        page.add_blank();
        page.add_paragraph(
            {{Style::strong, "The clause does not stand in this snapshot. It says:"}});
        page.add_blank();
        page.add_paragraph({{Style::plain, shown.clause->text}},
                           {.first_gutter = {k_bar}, .gutter = {k_bar}});
        if (shown.context != k_whole_policy) {
            return page.rendered();
        }
    }
    add_lines(page, shown.view, shown.context, detail);
    return page.rendered();
}

}  // namespace smallprint

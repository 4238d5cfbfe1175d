// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/diff/outline.h"

#include "common/base/strings.h"
#include "common/model/section.h"
#include "searcher/index/clause_view.h"
#include "searcher/index/views.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace smallprint::diff {
namespace {

// "1.", "2.3", "(iv)", "b)", "§4": what numbers a heading.
bool is_number(std::string_view word) {
    const bool digits = std::ranges::any_of(word, is_digit);
    const bool marked = word.ends_with('.') || word.ends_with(')');
    const std::size_t letters = static_cast<std::size_t>(
        std::ranges::count_if(word, [](char c) { return is_lower(to_lower(c)); }));
    const bool roman =
        std::ranges::all_of(word, [](char c) { return is_one_of(to_lower(c), "ivxlc.()"); });
    return (digits && letters == 0) || (marked && (letters <= 1 || roman));
}

// The section that a new one of this depth stands in, `last` being the one before it.
std::optional<std::size_t> find_parent(const std::vector<OutlineSection>& sections,
                                       std::size_t depth) {
    std::optional<std::size_t> at = sections.size() - 1;
    while (at && sections[*at].path.size() > depth) {
        at = sections[*at].parent;
    }
    return at && !sections[*at].path.empty() ? at : std::nullopt;
}

void open_section(Outline& outline, const index::PolicyLine& line) {
    OutlineSection section;
    section.parent = find_parent(outline.sections, line.level);
    if (section.parent) {
        section.path = outline.sections[*section.parent].path;
        section.keys = outline.sections[*section.parent].keys;
    }
    section.path.push_back(index::heading_label({line.level, line.text}));
    section.keys.push_back(heading_key(line.text));
    section.first_clause = outline.clauses.size();
    section.end_clause = outline.clauses.size();
    outline.sections.push_back(std::move(section));
}

}  // namespace

std::string heading_key(std::string_view heading) {
    const std::string label = index::heading_label({0, std::string(heading)});
    const std::size_t blank = label.find(' ');
    const bool numbered =
        blank != std::string::npos && is_number(std::string_view(label).substr(0, blank));
    return lower_ascii(numbered ? std::string_view(label).substr(blank + 1) : label);
}

Outline make_outline(const index::PolicyView& view) {
    Outline outline;
    outline.sections.emplace_back();
    for (const index::PolicyLine& line : view.lines) {
        switch (line.kind) {
        case PieceKind::title:
            outline.title += (outline.title.empty() ? "" : " · ") + line.text;
            break;
        case PieceKind::heading:
            open_section(outline, line);
            break;
        case PieceKind::clause:
            outline.clauses.push_back({&line, outline.sections.size() - 1});
            outline.sections.back().end_clause = outline.clauses.size();
            break;
        case PieceKind::boilerplate:
            break;
        }
    }
    return outline;
}

}  // namespace smallprint::diff

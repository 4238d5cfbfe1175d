// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/diff/diff.h"
#include "searcher/diff/word_diff.h"
#include "searcher/terminal/page.h"
#include "searcher/terminal/parts.h"
#include "searcher/terminal/text.h"
#include "searcher/told/changes.h"
#include "searcher/told/facts.h"
#include "searcher/told/styled_text.h"

#include <fmt/format.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace smallprint::terminal {
namespace {

constexpr std::size_t k_label_width = 10;

struct Look {
    told::Span gutter;
    told::Style style;
};

Look look_of(diff::DiffKind kind) {
    switch (kind) {
    case diff::DiffKind::unchanged:
        return {{told::Style::dim, "  "}, told::Style::dim};
    case diff::DiffKind::added:
        return {{told::Style::added, "+ "}, told::Style::added};
    case diff::DiffKind::removed:
        return {{told::Style::removed, "- "}, told::Style::removed};
    case diff::DiffKind::reworded:
        return {{told::Style::mark, "~ "}, told::Style::plain};
    case diff::DiffKind::moved_here:
        return {{told::Style::mark, "> "}, told::Style::plain};
    case diff::DiffKind::moved_away:
        return {{told::Style::mark, "< "}, told::Style::dim};
    }
    return {{told::Style::plain, "  "}, told::Style::plain};
}

// Says which snapshot it is and where it can be seen.
void add_snapshot(Page& page, std::string_view label, const diff::ComparedSnapshot& snapshot,
                  std::size_t snapshots) {
    const told::Span indent = {told::Style::plain, std::string(k_label_width, ' ')};
    page.add_paragraph(
        told::snapshot_text(snapshot.captured, snapshot.number, snapshots), told::Style::plain,
        {.first_gutter = {{told::Style::dim, padded(std::string(label), k_label_width)}},
         .gutter = {indent}});
    if (const std::string& place = told::place_seen(snapshot); !place.empty()) {
        page.add_line({indent, {told::Style::dim, place}});
    }
}

// "3 clauses added, 0 removed, 2 reworded, 1 moved".
std::string clauses_in_words(const diff::DiffCounts& counts) {
    std::string text =
        fmt::format("{} added, {} removed, {} reworded", told::counted(counts.added, "clause"),
                    told::thousands(counts.removed), told::thousands(counts.reworded));
    if (counts.moved > 0) {
        text += fmt::format(", {} moved", told::thousands(counts.moved));
    }
    return text;
}

std::string sections_in_words(const diff::DiffCounts& counts) {
    std::string text;
    for (const auto& [count, word] : told::section_counts(counts)) {
        if (count > 0) {
            text += text.empty() ? told::counted(count, "section") : ", " + told::thousands(count);
            text += fmt::format(" {}", word);
        }
    }
    return text;
}

void add_summary(Page& page, const diff::DiffCounts& counts) {
    std::string text = clauses_in_words(counts);
    if (const std::string sections = sections_in_words(counts); !sections.empty()) {
        text += " · " + sections;
    }
    page.add_paragraph(
        {{told::Style::strong, text},
         {told::Style::plain, fmt::format(" · {} unchanged", told::thousands(counts.unchanged))}});
}

void add_notes(Page& page, const diff::PolicyDiff& diff, Detail detail) {
    if (const std::string note = told::extracted_anew(diff.reextracted); !note.empty()) {
        page.add_paragraph({{told::Style::mark, "Note: "}, {told::Style::plain, note}});
    }
    if (detail == Detail::full && diff.counts.boilerplate > 0) {
        page.add_paragraph(told::boilerplate_changes(diff.counts), told::Style::dim);
    }
}

void add_unchanged(Page& page, std::size_t clauses) {
    if (clauses > 0) {
        page.add_blank();
        page.add_line({{told::Style::dim,
                        fmt::format("  … {} unchanged …", told::counted(clauses, "clause"))}});
    }
}

enum class Names : std::uint8_t { needed, known };

class DiffPage {
public:
    DiffPage(Layout layout, Detail detail, Names names)
        : m_page(layout), m_detail(detail), m_names(names) {}

    void add(const diff::PolicyDiff& diff) {
        if (!diff.changed()) {
            m_page.add_paragraph(told::policy_name(diff.policy));
            m_page.add_paragraph(told::no_change(diff));
            return;
        }
        if (m_detail != Detail::brief) {
            add_head(diff);
        } else if (m_names == Names::needed) {
            m_page.add_paragraph(told::policy_name(diff.policy));
        }
        for (const diff::SectionDiff& section : diff.sections) {
            add_section(section);
        }
    }

    void add(const diff::NotCompared& missing) {
        m_page.add_paragraph(told::policy_name(missing.policy));
        m_page.add_paragraph(told::not_compared(missing));
    }

    void add_blank() { m_page.add_blank(); }

    std::string rendered() const { return m_page.rendered(); }

private:
    void add_head(const diff::PolicyDiff& diff) {
        m_page.add_paragraph(told::policy_name(diff.policy));
        add_snapshot(m_page, "Before", diff.before, diff.snapshots);
        add_snapshot(m_page, "After", diff.after, diff.snapshots);
        if (diff.before.title != diff.after.title) {
            add_title(diff);
        }
        m_page.add_rule();
        add_summary(m_page, diff.counts);
        add_notes(m_page, diff, m_detail);
    }

    void add_title(const diff::PolicyDiff& diff) {
        const std::string& before = diff.before.title;
        const std::string& after = diff.after.title;
        m_page.add_paragraph(
            marked_words(before, after, diff::diff_words(before, after), m_page.colour()),
            {.first_gutter = {{told::Style::dim, fmt::format("{:<{}}", "Title", k_label_width)}},
             .gutter = {{told::Style::plain, std::string(k_label_width, ' ')}}});
    }

    void add_heading(const diff::SectionDiff& section) {
        const bool removed = section.fate == diff::SectionFate::removed;
        const bool added = section.fate == diff::SectionFate::added;
        const told::Style style = removed ? told::Style::removed
                                  : added ? told::Style::added
                                          : told::Style::heading;
        told::StyledText gutter;
        if (section.fate != diff::SectionFate::kept) {
            gutter.push_back({style, removed ? "- " : "+ "});
        }
        m_page.add_heading(
            {{style, told::path_in_words(removed ? section.before_path : section.after_path)}}, "─",
            gutter);
    }

    void add_section(const diff::SectionDiff& section) {
        add_heading(section);
        for (const std::string& note : told::section_notes(section)) {
            m_page.add_paragraph(note, told::Style::mark);
        }
        const diff::ClauseDiff* previous = nullptr;
        for (const diff::ClauseDiff& change : section.changes) {
            add_unchanged(m_page, change.unchanged_before);
            add_change(change, change.unchanged_before > 0 ? nullptr : previous);
            previous = &change;
        }
        add_unchanged(m_page, section.unchanged_after);
    }

    static const std::string& text_shown(const diff::ClauseDiff& change) {
        return change.kind == diff::DiffKind::removed ? change.before : change.after;
    }

    static bool follows_in_list(const diff::ClauseDiff* previous, const diff::ClauseDiff& change) {
        return previous != nullptr && text_shown(*previous).starts_with("• ") &&
               text_shown(change).starts_with("• ");
    }

    void add_change(const diff::ClauseDiff& change, const diff::ClauseDiff* previous) {
        const Look look = look_of(change.kind);
        const Box box = hanging(look.gutter);
        if (!follows_in_list(previous, change)) {
            m_page.add_blank();
        }
        const bool moved_away = change.kind == diff::DiffKind::moved_away;
        if (moved_away || change.kind == diff::DiffKind::moved_here) {
            m_page.add_paragraph(told::change_in_words(change), told::Style::mark, box);
        }
        if (moved_away) {
            m_page.add_paragraph(change.before, look.style, hanging(look.gutter, 1));
            return;
        }
        m_page.add_paragraph(
            change.words.empty()
                ? told::StyledText{{look.style, text_shown(change)}}
                : marked_words(change.before, change.after, change.words, m_page.colour()),
            box);
    }

    Page m_page;
    Detail m_detail;
    Names m_names;
};

}  // namespace

std::string diff_text(const diff::DiffResults& results, Layout layout, Detail detail) {
    const bool several = results.policies.size() + results.not_compared.size() > 1;
    DiffPage page(layout, detail, several ? Names::needed : Names::known);
    for (const diff::PolicyDiff& diff : results.policies) {
        page.add_blank();
        page.add(diff);
    }
    for (const diff::NotCompared& missing : results.not_compared) {
        page.add_blank();
        page.add(missing);
    }
    return page.rendered();
}

}  // namespace smallprint::terminal

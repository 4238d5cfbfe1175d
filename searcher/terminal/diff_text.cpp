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

namespace smallprint {
namespace {

constexpr std::size_t k_label_width = 10;

struct Look {
    Span gutter;
    Style style;
};

Look look_of(DiffKind kind) {
    switch (kind) {
    case DiffKind::unchanged:
        return {{Style::dim, "  "}, Style::dim};
    case DiffKind::added:
        return {{Style::added, "+ "}, Style::added};
    case DiffKind::removed:
        return {{Style::removed, "- "}, Style::removed};
    case DiffKind::reworded:
        return {{Style::mark, "~ "}, Style::plain};
    case DiffKind::moved_here:
        return {{Style::mark, "> "}, Style::plain};
    case DiffKind::moved_away:
        return {{Style::mark, "< "}, Style::dim};
    }
    return {{Style::plain, "  "}, Style::plain};
}

// Says which snapshot it is and where it can be seen.
void add_snapshot(Page& page, std::string_view label, const ComparedSnapshot& snapshot,
                  std::size_t snapshots) {
    const Span indent = {Style::plain, std::string(k_label_width, ' ')};
    page.add_paragraph(snapshot_text(snapshot.captured, snapshot.number, snapshots), Style::plain,
                       {.first_gutter = {{Style::dim, padded(std::string(label), k_label_width)}},
                        .gutter = {indent}});
    if (const std::string& place = place_seen(snapshot); !place.empty()) {
        page.add_line({indent, {Style::dim, place}});
    }
}

// "3 clauses added, 0 removed, 2 reworded, 1 moved".
std::string clauses_in_words(const DiffCounts& counts) {
    std::string text =
        fmt::format("{} added, {} removed, {} reworded", counted(counts.added, "clause"),
                    thousands(counts.removed), thousands(counts.reworded));
    if (counts.moved > 0) {
        text += fmt::format(", {} moved", thousands(counts.moved));
    }
    return text;
}

std::string sections_in_words(const DiffCounts& counts) {
    std::string text;
    for (const auto& [count, word] : section_counts(counts)) {
        if (count > 0) {
            text += text.empty() ? counted(count, "section") : ", " + thousands(count);
            text += fmt::format(" {}", word);
        }
    }
    return text;
}

void add_summary(Page& page, const DiffCounts& counts) {
    std::string text = clauses_in_words(counts);
    if (const std::string sections = sections_in_words(counts); !sections.empty()) {
        text += " · " + sections;
    }
    page.add_paragraph(
        {{Style::strong, text},
         {Style::plain, fmt::format(" · {} unchanged", thousands(counts.unchanged))}});
}

void add_notes(Page& page, const PolicyDiff& diff, Detail detail) {
    if (const std::string note = extracted_anew(diff.reextracted); !note.empty()) {
        page.add_paragraph({{Style::mark, "Note: "}, {Style::plain, note}});
    }
    if (detail == Detail::full && diff.counts.boilerplate > 0) {
        page.add_paragraph(boilerplate_changes(diff.counts), Style::dim);
    }
}

void add_unchanged(Page& page, std::size_t clauses) {
    if (clauses > 0) {
        page.add_blank();
        page.add_line(
            {{Style::dim, fmt::format("  … {} unchanged …", counted(clauses, "clause"))}});
    }
}

enum class Names : std::uint8_t { needed, known };

class DiffPage {
public:
    DiffPage(Layout layout, Detail detail, Names names)
        : m_page(layout), m_detail(detail), m_names(names) {}

    void add(const PolicyDiff& diff) {
        if (!diff.changed()) {
            m_page.add_paragraph(policy_name(diff.policy));
            m_page.add_paragraph(no_change(diff));
            return;
        }
        if (m_detail != Detail::brief) {
            add_head(diff);
        } else if (m_names == Names::needed) {
            m_page.add_paragraph(policy_name(diff.policy));
        }
        for (const SectionDiff& section : diff.sections) {
            add_section(section);
        }
    }

    void add(const NotCompared& missing) {
        m_page.add_paragraph(policy_name(missing.policy));
        m_page.add_paragraph(not_compared(missing));
    }

    void add_blank() { m_page.add_blank(); }

    std::string rendered() const { return m_page.rendered(); }

private:
    void add_head(const PolicyDiff& diff) {
        m_page.add_paragraph(policy_name(diff.policy));
        add_snapshot(m_page, "Before", diff.before, diff.snapshots);
        add_snapshot(m_page, "After", diff.after, diff.snapshots);
        if (diff.before.title != diff.after.title) {
            add_title(diff);
        }
        m_page.add_rule();
        add_summary(m_page, diff.counts);
        add_notes(m_page, diff, m_detail);
    }

    void add_title(const PolicyDiff& diff) {
        const std::string& before = diff.before.title;
        const std::string& after = diff.after.title;
        m_page.add_paragraph(
            marked_words(before, after, diff_words(before, after), m_page.colour()),
            {.first_gutter = {{Style::dim, fmt::format("{:<{}}", "Title", k_label_width)}},
             .gutter = {{Style::plain, std::string(k_label_width, ' ')}}});
    }

    void add_heading(const SectionDiff& section) {
        const bool removed = section.fate == SectionFate::removed;
        const bool added = section.fate == SectionFate::added;
        const Style style = removed ? Style::removed : added ? Style::added : Style::heading;
        StyledText gutter;
        if (section.fate != SectionFate::kept) {
            gutter.push_back({style, removed ? "- " : "+ "});
        }
        m_page.add_heading(
            {{style, path_in_words(removed ? section.before_path : section.after_path)}}, "─",
            gutter);
    }

    void add_section(const SectionDiff& section) {
        add_heading(section);
        for (const std::string& note : section_notes(section)) {
            m_page.add_paragraph(note, Style::mark);
        }
        const ClauseDiff* previous = nullptr;
        for (const ClauseDiff& change : section.changes) {
            add_unchanged(m_page, change.unchanged_before);
            add_change(change, change.unchanged_before > 0 ? nullptr : previous);
            previous = &change;
        }
        add_unchanged(m_page, section.unchanged_after);
    }

    static const std::string& text_shown(const ClauseDiff& change) {
        return change.kind == DiffKind::removed ? change.before : change.after;
    }

    static bool follows_in_list(const ClauseDiff* previous, const ClauseDiff& change) {
        return previous != nullptr && text_shown(*previous).starts_with("• ") &&
               text_shown(change).starts_with("• ");
    }

    void add_change(const ClauseDiff& change, const ClauseDiff* previous) {
        const Look look = look_of(change.kind);
        const Box box = hanging(look.gutter);
        if (!follows_in_list(previous, change)) {
            m_page.add_blank();
        }
        const bool moved_away = change.kind == DiffKind::moved_away;
        if (moved_away || change.kind == DiffKind::moved_here) {
            m_page.add_paragraph(change_in_words(change), Style::mark, box);
        }
        if (moved_away) {
            m_page.add_paragraph(change.before, look.style, hanging(look.gutter, 1));
            return;
        }
        m_page.add_paragraph(change.words.empty() ? StyledText{{look.style, text_shown(change)}}
                                                  : marked_words(change.before, change.after,
                                                                 change.words, m_page.colour()),
                             box);
    }

    Page m_page;
    Detail m_detail;
    Names m_names;
};

}  // namespace

std::string diff_text(const DiffResults& results, Layout layout, Detail detail) {
    const bool several = results.policies.size() + results.not_compared.size() > 1;
    DiffPage page(layout, detail, several ? Names::needed : Names::known);
    for (const PolicyDiff& diff : results.policies) {
        page.add_blank();
        page.add(diff);
    }
    for (const NotCompared& missing : results.not_compared) {
        page.add_blank();
        page.add(missing);
    }
    return page.rendered();
}

}  // namespace smallprint

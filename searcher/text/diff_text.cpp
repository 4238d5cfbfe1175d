// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/base/strings.h"
#include "common/model/date.h"
#include "searcher/diff/diff.h"
#include "searcher/diff/word_diff.h"
#include "searcher/index/clause_view.h"
#include "searcher/text/page.h"
#include "searcher/text/parts.h"
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

std::string day_of_snapshot(const ComparedSnapshot& snapshot) {
    return snapshot.captured ? format_day(day_of(*snapshot.captured)) : "unknown date";
}

std::string path_in_words(const std::vector<std::string>& path) {
    return path.empty() ? "(before the first heading)" : join(path, " › ");
}

void add_name(Page& page, const PolicyFacts& policy) {
    StyledText name = {{Style::strong, vendor_name(policy)}};
    if (!policy.type.empty()) {
        name.push_back({Style::plain, " · " + policy.type});
    }
    page.add_paragraph(name);
}

// Which snapshot, and where it can be seen.
void add_snapshot(Page& page, std::string_view label, const ComparedSnapshot& snapshot,
                  std::size_t snapshots) {
    const Span indent = {Style::plain, std::string(k_label_width, ' ')};
    page.add_paragraph(
        {{Style::plain,
          fmt::format("{} · snapshot {} of {}",
                      snapshot.captured ? capture_text(*snapshot.captured) : "date unknown",
                      snapshot.number, snapshots)}},
        {.first_gutter = {{Style::dim, fmt::format("{:<{}}", label, k_label_width)}},
         .gutter = {indent}});
    const std::string& seen_at = !snapshot.archive_url.empty()  ? snapshot.archive_url
                                 : !snapshot.source_url.empty() ? snapshot.source_url
                                                                : snapshot.place;
    if (!seen_at.empty()) {
        page.add_line({indent, {Style::dim, seen_at}});
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
    struct Part {
        std::size_t number;
        std::string_view verb;
    };

    std::string text;
    for (const Part& part :
         {Part{counts.sections_added, "added"}, Part{counts.sections_removed, "removed"},
          Part{counts.sections_moved, "moved"}, Part{counts.sections_renamed, "renamed"}}) {
        if (part.number > 0) {
            text += text.empty() ? counted(part.number, "section")
                                 : fmt::format(", {}", thousands(part.number));
            text += fmt::format(" {}", part.verb);
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

std::string boilerplate_note(const DiffCounts& counts) {
    return fmt::format("{} of navigation or footer {}, not shown",
                       counted(counts.boilerplate, "block"),
                       counts.boilerplate == 1 ? "differs" : "differ");
}

void add_notes(Page& page, const PolicyDiff& diff, Detail detail) {
    if (!diff.reextracted.empty()) {
        std::string days;
        for (const Day day : diff.reextracted) {
            days += (days.empty() ? "" : ", ") + format_day(day);
        }
        page.add_paragraph({{Style::mark, "Note: "},
                            {Style::plain, fmt::format("the archive extracted anew what it has of "
                                                       "{}; changes may be its own, not the "
                                                       "vendor's",
                                                       days)}});
    }
    if (detail == Detail::full && diff.counts.boilerplate > 0) {
        page.add_paragraph({{Style::dim, boilerplate_note(diff.counts)}});
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
        : m_page(layout), m_layout(layout), m_detail(detail), m_names(names) {}

    void add(const PolicyDiff& diff) {
        if (!diff.changed()) {
            add_name(m_page, diff.policy);
            add_no_change(diff);
            return;
        }
        if (m_detail != Detail::brief) {
            add_head(diff);
        } else if (m_names == Names::needed) {
            add_name(m_page, diff.policy);
        }
        for (const SectionDiff& section : diff.sections) {
            add_section(section);
        }
    }

    void add(const NotCompared& missing) {
        add_name(m_page, missing.policy);
        m_page.add_paragraph(
            {{Style::plain, missing.first ? fmt::format("not compared: the first snapshot is of {}",
                                                        format_day(*missing.first))
                                          : "not compared: no snapshot has a date"}});
    }

    void add_blank() { m_page.add_blank(); }

    std::string rendered() const { return m_page.rendered(); }

private:
    void add_head(const PolicyDiff& diff) {
        add_name(m_page, diff.policy);
        add_snapshot(m_page, "Before", diff.before, diff.snapshots);
        add_snapshot(m_page, "After", diff.after, diff.snapshots);
        if (diff.before.title != diff.after.title) {
            add_title(diff);
        }
        std::string line;
        for (std::size_t i = 0; i < m_page.width(); ++i) {
            line += "─";
        }
        m_page.add_line({{Style::dim, line}});
        add_summary(m_page, diff.counts);
        add_notes(m_page, diff, m_detail);
    }

    void add_title(const PolicyDiff& diff) {
        ClauseDiff titles;
        titles.before = diff.before.title;
        titles.after = diff.after.title;
        titles.words = diff_words(titles.before, titles.after);
        m_page.add_paragraph(
            marked_words(titles.before, titles.after, titles.words, m_layout.colour),
            {.first_gutter = {{Style::dim, fmt::format("{:<{}}", "Title", k_label_width)}},
             .gutter = {{Style::plain, std::string(k_label_width, ' ')}}});
    }

    void add_no_change(const PolicyDiff& diff) {
        if (diff.same_snapshot()) {
            m_page.add_paragraph(
                {{Style::plain, fmt::format("no change: both dates fall on the snapshot of {}",
                                            day_of_snapshot(diff.after))}});
            return;
        }
        std::string text = fmt::format("no change: the snapshots of {} and {} say the same",
                                       day_of_snapshot(diff.before), day_of_snapshot(diff.after));
        if (diff.counts.boilerplate > 0) {
            text += fmt::format(" ({})", boilerplate_note(diff.counts));
        }
        m_page.add_paragraph({{Style::plain, text}});
    }

    void add_heading(const SectionDiff& section) {
        const bool removed = section.fate == SectionFate::removed;
        const bool added = section.fate == SectionFate::added;
        const Style style = removed ? Style::removed : added ? Style::added : Style::heading;
        StyledText gutter;
        if (section.fate != SectionFate::kept) {
            gutter.push_back({style, removed ? "- " : "+ "});
        }
        m_page.add_blank();
        const std::vector<StyledText> lines =
            wrapped({{style, path_in_words(removed ? section.before_path : section.after_path)}},
                    m_page.width(), {.first_gutter = gutter, .gutter = gutter});
        std::size_t width = 0;
        for (const StyledText& line : lines) {
            width = std::max(width, width_of(line));
            m_page.add_line(line);
        }
        std::string stroke;
        for (std::size_t i = 0; i < width; ++i) {
            stroke += "─";
        }
        m_page.add_line({{Style::dim, stroke}});
    }

    void add_note(const std::string& text) { m_page.add_paragraph({{Style::mark, text}}); }

    void add_section(const SectionDiff& section) {
        add_heading(section);
        if (section.fate != SectionFate::kept) {
            add_note(section.fate == SectionFate::added ? "section added" : "section removed");
        }
        if (section.renamed) {
            add_note(fmt::format("section renamed, was: {}", path_in_words(section.before_path)));
        }
        if (section.moved) {
            add_note(section.stood_after.empty()
                         ? "section moved, stood at the beginning"
                         : fmt::format("section moved, stood after: {}", section.stood_after));
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
        const Box box = {.first_gutter = {look.gutter}, .gutter = {look.gutter}};
        if (!follows_in_list(previous, change)) {
            m_page.add_blank();
        }
        if (change.kind == DiffKind::moved_away) {
            m_page.add_paragraph({{Style::mark, "moved to: " + path_in_words(change.elsewhere)}},
                                 box);
            m_page.add_paragraph(
                {{look.style, change.before}},
                {.first_gutter = {look.gutter}, .gutter = {look.gutter}, .most_lines = 1});
            return;
        }
        if (change.kind == DiffKind::moved_here) {
            m_page.add_paragraph({{Style::mark, "moved from: " + path_in_words(change.elsewhere)}},
                                 box);
        }
        m_page.add_paragraph(change.words.empty() ? StyledText{{look.style, text_shown(change)}}
                                                  : marked_words(change.before, change.after,
                                                                 change.words, m_layout.colour),
                             box);
    }

    Page m_page;
    Layout m_layout;
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

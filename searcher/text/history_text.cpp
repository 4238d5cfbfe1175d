// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/base/strings.h"
#include "common/model/date.h"
#include "searcher/diff/word_diff.h"
#include "searcher/index/clause_view.h"
#include "searcher/over_time/history.h"
#include "searcher/request/requests.h"
#include "searcher/text/page.h"
#include "searcher/text/parts.h"
#include "searcher/text/text.h"
#include "searcher/told/facts.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace smallprint {
namespace {

constexpr std::size_t k_most_lines = 6;        // of a clause that came or went as a whole
constexpr std::size_t k_most_lines_again = 2;  // of one that came back

const Span k_indent = {Style::plain, "    "};
const Span k_bar = {Style::mark, "▌ "};

void add_fact(Page& page, std::string_view name, const std::string& value) {
    if (!value.empty()) {
        page.add_paragraph({{Style::plain, value}},
                           {.first_gutter = {{Style::dim, fmt::format("{:<12}", name)}},
                            .gutter = {{Style::plain, std::string(12, ' ')}}});
    }
}

void add_rule(Page& page) {
    std::string rule;
    for (std::size_t i = 0; i < page.width(); ++i) {
        rule += "─";
    }
    page.add_line({{Style::dim, rule}});
}

void add_name(Page& page, const PolicyFacts& policy) {
    StyledText name = {{Style::strong, vendor_name(policy)}};
    if (!policy.type.empty()) {
        name.push_back({Style::plain, " · " + policy.type});
    }
    page.add_paragraph(name);
}

std::string span_in_words(const HistoryRequest& request) {
    std::string words;
    if (request.from) {
        words += fmt::format("from {}", format_day(*request.from));
    }
    if (request.to) {
        words += fmt::format("{}to {}", words.empty() ? "" : " ", format_day(*request.to));
    }
    return words;
}

// For what is told of a day.
Box dated_box(const std::string& date) {
    return {.first_gutter = {{Style::strong, date}, {Style::plain, "  "}}, .gutter = {k_indent}};
}

// A clause that came ('+') or went ('-').
void add_clause(Page& page, char sign, std::string_view text, std::size_t most_lines) {
    const Style style = sign == '+' ? Style::added : Style::removed;
    const Span gutter = {style, fmt::format("  {} ", sign)};
    page.add_paragraph({{style, std::string(text)}},
                       {.first_gutter = {gutter}, .gutter = {gutter}, .most_lines = most_lines});
}

// Of two wordings what is new is seen at once, in one text.
void add_rewording(Page& page, std::string_view before, std::string_view after) {
    const Span gutter = {Style::mark, "  ~ "};
    page.add_paragraph(marked_words(before, after, diff_words(before, after), page.colour()),
                       {.first_gutter = {gutter}, .gutter = {gutter}});
}

void add_note(Page& page, const std::string& note) {
    page.add_paragraph({{Style::dim, note}}, {.first_gutter = {k_indent}, .gutter = {k_indent}});
}

// The snapshots of one policy, one below the other.
class TimelinePage {
public:
    TimelinePage(Page& page, const PolicyTimeline& timeline, Detail detail)
        : m_page(page), m_timeline(timeline), m_detail(detail) {}

    void add_head(const HistoryRequest& request) {
        const std::size_t undated = m_timeline.undated.size();
        add_name(m_page, m_timeline.policy);
        add_fact(m_page, "Title", m_timeline.policy.title);
        add_fact(m_page, "Snapshots",
                 fmt::format("{} · {}{}", thousands(m_timeline.snapshots),
                             date_span(m_timeline.first, m_timeline.last),
                             undated > 0 && m_timeline.first
                                 ? fmt::format(" · {} without a date", thousands(undated))
                                 : ""));
        add_fact(m_page, "Shown", span_in_words(request));
        add_fact(m_page, "Id", m_timeline.policy.id);
        add_rule(m_page);
    }

    void add_dated() {
        const std::vector<SnapshotChanges>& dated = m_timeline.dated;
        for (std::size_t i = 0; i < dated.size();) {
            std::size_t end = i;
            while (end < dated.size() && is_quiet(dated[end])) {
                ++end;
            }
            if (end > i + 1) {
                add_quiet(i, end);
                i = end;
            } else {
                add_snapshot(i);
                ++i;
            }
        }
    }

    void add_undated() {
        if (m_timeline.undated.empty()) {
            return;
        }
        m_page.add_blank();
        m_page.add_paragraph({{Style::strong, "Without a date, and so not compared"}});
        for (const SnapshotChanges& snapshot : m_timeline.undated) {
            const std::string address =
                snapshot.place.empty() ? snapshot.source_url : snapshot.place;
            add_note(m_page, fmt::format("{} · {}", address, counted(snapshot.clauses, "clause")));
        }
    }

private:
    // Whether there is nothing to tell of it but that it is there.
    bool is_quiet(const SnapshotChanges& snapshot) const {
        return m_detail != Detail::full && snapshot.compared_with > 0 && snapshot.changes.empty();
    }

    // The day; with the time where another snapshot is of the same day.
    std::string date_of(std::size_t at) const {
        const std::vector<SnapshotChanges>& dated = m_timeline.dated;
        const CaptureTime time = dated[at].captured.value_or(CaptureTime{});
        const auto is_same_day = [&](std::size_t other) {
            return other < dated.size() && dated[other].captured &&
                   day_of(*dated[other].captured) == day_of(time);
        };
        return is_same_day(at - 1) || is_same_day(at + 1) ? capture_text(time)
                                                          : format_day(day_of(time));
    }

    void add_line(const std::string& date, const std::string& rest) {
        m_page.add_paragraph({{Style::plain, rest}}, dated_box(date));
    }

    void add_quiet(std::size_t begin, std::size_t end) {
        m_page.add_blank();
        add_line(date_of(begin), fmt::format("{} without a change until {}",
                                             counted(end - begin, "snapshot"), date_of(end - 1)));
    }

    std::string counts_of(const SnapshotChanges& snapshot) const {
        if (snapshot.compared_with == 0) {
            return "first snapshot · " + counted(snapshot.clauses, "clause");
        }
        std::string counts;
        const auto add = [&](ChangeKind kind, std::string_view word) {
            const auto count = std::ranges::count(snapshot.changes, kind, &ClauseChange::kind);
            if (count > 0) {
                counts += fmt::format("{}{} {}", counts.empty() ? "" : " · ",
                                      thousands(static_cast<std::uint64_t>(count)), word);
            }
        };
        add(ChangeKind::added, "added");
        add(ChangeKind::removed, "removed");
        add(ChangeKind::reworded, "reworded");
        return fmt::format("{} · {}", counts.empty() ? "no change" : counts,
                           counted(snapshot.clauses, "clause"));
    }

    void add_snapshot(std::size_t at) {
        const SnapshotChanges& snapshot = m_timeline.dated[at];
        m_page.add_blank();
        add_line(date_of(at), counts_of(snapshot));
        if (snapshot.reextracted) {
            m_page.add_paragraph({{Style::mark, "Extracted anew by the archive: what changed here "
                                                "is the archive's doing, not the vendor's."}},
                                 {.first_gutter = {k_indent}, .gutter = {k_indent}});
        }
        if (m_detail == Detail::full) {
            for (const std::string& address : {snapshot.source_url, snapshot.archive_url}) {
                if (!address.empty()) {
                    m_page.add_line({k_indent, {Style::dim, address}});
                }
            }
        }
        const std::vector<std::string>* path = nullptr;
        for (const ClauseChange& change : snapshot.changes) {
            if (!change.heading_path.empty() && (path == nullptr || *path != change.heading_path)) {
                m_page.add_blank();
                m_page.add_paragraph(
                    {{Style::heading, join(change.heading_path, " › ")}},
                    {.first_gutter = {{Style::plain, "  "}}, .gutter = {k_indent}});
            }
            path = &change.heading_path;
            add_change(change);
        }
    }

    void add_change(const ClauseChange& change) {
        const ClauseText& before = m_timeline.clauses[change.before];
        const ClauseText& after = m_timeline.clauses[change.after];
        const bool reworded = change.kind == ChangeKind::reworded;
        // What comes back was shown before, often many times.
        const std::size_t most = m_detail == Detail::full ? SIZE_MAX
                                 : change.restored        ? k_most_lines_again
                                                          : k_most_lines;
        m_page.add_blank();
        if (reworded && (!change.restored || m_detail == Detail::full)) {
            add_rewording(m_page, before.text, after.text);
        } else {
            if (change.before != 0) {
                add_clause(m_page, '-', before.text, most);
            }
            if (change.after != 0) {
                add_clause(m_page, '+', after.text, most);
            }
        }
        std::string note =
            reworded ? fmt::format("{} → {}", before.id, after.id) : before.id + after.id;
        if (reworded && change.similarity == 1) {
            note += " · the same words";
        } else if (reworded && m_detail == Detail::full) {
            note += fmt::format(" · {:.0f} % of the words kept", change.similarity * 100);
        }
        add_note(m_page, note + (change.restored ? " · restored, it stood before" : ""));
    }

    Page& m_page;
    const PolicyTimeline& m_timeline;
    Detail m_detail;
};

void add_timeline(Page& page, const PolicyTimeline& timeline, const HistoryRequest& request,
                  Detail detail) {
    TimelinePage part(page, timeline, detail);
    if (detail != Detail::brief) {
        part.add_head(request);
    }
    if (timeline.dated.empty() && (request.from || request.to)) {
        page.add_blank();
        page.add_paragraph(
            {{Style::plain, fmt::format("No snapshot {}.", span_in_words(request))}});
    }
    part.add_dated();
    part.add_undated();
    if (!timeline.all_compared) {
        page.add_blank();
        page.add_paragraph({{Style::mark, "There was too much to compare: some clauses that were "
                                          "reworded are shown as removed and added."}});
    }
}

// What went ('-') before the clause of this text came, or came ('+') when it went.
void add_others(Page& page, char sign, const std::vector<OtherWording>& others,
                std::string_view text) {
    for (const OtherWording& other : others) {
        page.add_blank();
        if (other.similarity == 0) {
            add_clause(page, sign, other.clause.text, SIZE_MAX);
        } else if (sign == '-') {
            add_rewording(page, other.clause.text, text);
        } else {
            add_rewording(page, text, other.clause.text);
        }
        add_note(page, other.clause.id);
    }
}

std::string arrival(const LifeRun& run) {
    if (run.begins_policy) {
        return "It stands in the first snapshot of the policy.";
    }
    const std::string_view came = run.restored ? "It came back" : "It appeared";
    if (run.replaced.empty()) {
        return fmt::format("{}; nothing went from its place.", came);
    }
    return run.replaced.front().similarity > 0 ? fmt::format("{}, reworded from:", came)
                                               : fmt::format("{}; at its place went:", came);
}

std::string stay(const LifeRun& run) {
    if (!run.gone) {
        return fmt::format("The newest snapshot still has it; {}.",
                           run.dates.snapshots == 1 ? "no other has"
                                                    : fmt::format("it is one of {} in a row",
                                                                  thousands(run.dates.snapshots)));
    }
    return fmt::format("The last of {} in a row with it.",
                       counted(run.dates.snapshots, "snapshot"));
}

std::string departure(const LifeRun& run) {
    if (run.replaced_by.empty()) {
        return "It vanished; nothing came in its place.";
    }
    return run.replaced_by.front().similarity > 0 ? "It was reworded to:"
                                                  : "It vanished; at its place came:";
}

void add_event(Page& page, std::optional<Day> day, const std::string& words, bool by_archive) {
    page.add_blank();
    page.add_paragraph(
        {{Style::plain, words},
         {Style::mark, by_archive ? " (The archive extracted this snapshot anew.)" : ""}},
        dated_box(day_or_unknown(day)));
}

void add_run(Page& page, const LifeRun& run, std::string_view text) {
    add_event(page, run.dates.first, arrival(run), run.reextracted_first);
    add_others(page, '-', run.replaced, text);
    if (run.dates.snapshots > 1 || !run.gone) {
        add_event(page, run.dates.last, stay(run), false);
    }
    if (run.gone) {
        add_event(page, day_of(*run.gone), departure(run), run.reextracted_gone);
        add_others(page, '+', run.replaced_by, text);
    }
}

void add_life(Page& page, const ClauseLife& life, const HistoryRequest& request, Detail detail) {
    const ClauseView& clause = life.clause;
    if (detail != Detail::brief) {
        add_name(page, clause.policy);
        add_fact(page, "Heading", join(clause.heading_path, " › "));
        add_fact(page, "Stood",
                 fmt::format("{} · {} of {}{}", date_span(clause.first_seen, clause.last_seen),
                             thousands(clause.snapshots),
                             counted(life.policy_snapshots, "snapshot"),
                             clause.still_present ? " · still present" : ""));
        add_fact(page, "Shown", span_in_words(request));
        if (clause.boilerplate) {
            add_fact(page, "Note", "boilerplate: navigation or footer, not compared");
        }
        add_fact(page, "Id", clause.id);
        add_rule(page);
    }
    page.add_blank();
    page.add_paragraph({{Style::strong, clause.text}},
                       {.first_gutter = {k_bar}, .gutter = {k_bar}});
    for (const LifeRun& run : life.runs) {
        add_run(page, run, clause.text);
    }
    if (life.undated > 0) {
        page.add_blank();
        page.add_paragraph({{Style::plain, fmt::format("It also stands in {} without a date.",
                                                       counted(life.undated, "snapshot"))}});
    }
    if (life.runs.empty() && life.undated == 0) {
        page.add_blank();
        page.add_paragraph(
            {{Style::plain, fmt::format("It did not stand {}.", span_in_words(request))}});
    }
}

}  // namespace

std::string history_text(const History& history, const HistoryRequest& request, Layout layout,
                         Detail detail) {
    Page page(layout);
    if (history.life) {
        add_life(page, *history.life, request, detail);
    }
    for (const PolicyTimeline& timeline : history.timelines) {
        page.add_blank();
        add_timeline(page, timeline, request, detail);
    }
    return page.rendered();
}

}  // namespace smallprint

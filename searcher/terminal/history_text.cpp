// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/base/strings.h"
#include "common/model/date.h"
#include "searcher/diff/word_diff.h"
#include "searcher/index/clause_view.h"
#include "searcher/over_time/history.h"
#include "searcher/request/requests.h"
#include "searcher/terminal/page.h"
#include "searcher/terminal/parts.h"
#include "searcher/terminal/text.h"
#include "searcher/told/changes.h"
#include "searcher/told/facts.h"
#include "searcher/told/styled_text.h"

#include <fmt/format.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace smallprint::terminal {
namespace {

constexpr std::size_t k_most_lines = 6;        // of a clause that came or went as a whole
constexpr std::size_t k_most_lines_again = 2;  // of one that came back

const told::Span k_indent = {told::Style::plain, "    "};
const told::Span k_bar = {told::Style::mark, "▌ "};

std::string span_in_words(const request::HistoryRequest& request) {
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
    return {.first_gutter = {{told::Style::strong, date}, {told::Style::plain, "  "}},
            .gutter = {k_indent}};
}

// A clause that came ('+') or went ('-').
void add_clause(Page& page, char sign, std::string_view text, std::size_t most_lines) {
    const told::Style style = sign == '+' ? told::Style::added : told::Style::removed;
    const told::Span gutter = {style, fmt::format("  {} ", sign)};
    page.add_paragraph(text, style, hanging(gutter, most_lines));
}

// Shows two wordings as one text, so that what is new is seen at once.
void add_rewording(Page& page, std::string_view before, std::string_view after) {
    const told::Span gutter = {told::Style::mark, "  ~ "};
    page.add_paragraph(marked_words(before, after, diff::diff_words(before, after), page.colour()),
                       hanging(gutter));
}

void add_note(Page& page, std::string_view note, told::Style style = told::Style::dim) {
    page.add_paragraph(note, style, hanging(k_indent));
}

// The snapshots of one policy, one below the other.
class TimelinePage {
public:
    TimelinePage(Page& page, const over_time::PolicyTimeline& timeline, Detail detail)
        : m_page(page), m_timeline(timeline), m_detail(detail) {}

    void add_head(const request::HistoryRequest& request) {
        const std::size_t undated = m_timeline.undated.size();
        m_page.add_paragraph(told::policy_name(m_timeline.policy));
        m_page.add_fact("Title", m_timeline.policy.title);
        m_page.add_fact("Snapshots", fmt::format("{} · {}{}", told::thousands(m_timeline.snapshots),
                                                 told::date_span(m_timeline.first, m_timeline.last),
                                                 undated > 0 && m_timeline.first
                                                     ? fmt::format(" · {} without a date",
                                                                   told::thousands(undated))
                                                     : ""));
        m_page.add_fact("Shown", span_in_words(request));
        m_page.add_fact("Id", m_timeline.policy.id);
        m_page.add_rule();
    }

    void add_dated() {
        const std::vector<over_time::SnapshotChanges>& dated = m_timeline.dated;
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
        m_page.add_paragraph("Without a date, and so not compared", told::Style::strong);
        for (const over_time::SnapshotChanges& snapshot : m_timeline.undated) {
            const std::string address =
                snapshot.place.empty() ? snapshot.source_url : snapshot.place;
            add_note(m_page,
                     fmt::format("{} · {}", address, told::counted(snapshot.clauses, "clause")));
        }
    }

private:
    // True of a snapshot without changes, which is told together with its neighbours.
    bool is_quiet(const over_time::SnapshotChanges& snapshot) const {
        return m_detail != Detail::full && snapshot.compared_with > 0 &&
               !over_time::has_changes(snapshot) && !snapshot.move;
    }

    void add_line(std::size_t at, const std::string& rest) {
        m_page.add_paragraph(rest, told::Style::plain,
                             dated_box(told::when_captured(m_timeline, at)));
    }

    void add_quiet(std::size_t begin, std::size_t end) {
        m_page.add_blank();
        const auto quiet = std::span(m_timeline.dated).subspan(begin, end - begin);
        add_line(begin, fmt::format("{} without a change until {}{}",
                                    told::counted(quiet.size(), "snapshot"),
                                    told::when_captured(m_timeline, end - 1),
                                    told::menus_in_words(quiet)));
    }

    void add_snapshot(std::size_t at) {
        const over_time::SnapshotChanges& snapshot = m_timeline.dated[at];
        m_page.add_blank();
        add_line(at, fmt::format("{} · {}{}", told::changes_in_words(snapshot),
                                 told::counted(snapshot.clauses, "clause"),
                                 told::menus_in_words(std::span(&snapshot, 1))));
        if (snapshot.move) {
            add_note(m_page, told::move_in_words(*snapshot.move), told::Style::mark);
        }
        if (snapshot.reextracted) {
            add_note(m_page, told::k_extracted_anew, told::Style::mark);
        }
        if (m_detail == Detail::full) {
            for (const std::string& address : {snapshot.source_url, snapshot.archive_url}) {
                if (!address.empty()) {
                    m_page.add_line({k_indent, {told::Style::dim, address}});
                }
            }
        }
        if (!snapshot.headings.empty()) {
            add_headings(snapshot.headings);
        }
        const std::vector<std::string>* path = nullptr;
        for (const over_time::ClauseChange& change : snapshot.changes) {
            if (!change.heading_path.empty() && (path == nullptr || *path != change.heading_path)) {
                add_heading(told::path_in_words(change.heading_path));
            }
            path = &change.heading_path;
            add_change(change);
        }
    }

    // The place of the changes below it.
    void add_heading(std::string_view text) {
        m_page.add_blank();
        m_page.add_paragraph(text, told::Style::heading,
                             {.first_gutter = {{told::Style::plain, "  "}}, .gutter = {k_indent}});
    }

    void add_headings(const std::vector<over_time::HeadingChange>& headings) {
        add_heading("Headings");
        m_page.add_blank();
        for (const over_time::HeadingChange& change : headings) {
            if (change.kind == over_time::ChangeKind::reworded) {
                add_rewording(m_page, change.before, change.after);
            } else if (change.kind == over_time::ChangeKind::removed) {
                add_clause(m_page, '-', change.before, k_most_lines);
            } else {
                add_clause(m_page, '+', change.after, k_most_lines);
            }
        }
    }

    void add_change(const over_time::ClauseChange& change) {
        const over_time::ClauseText& before = m_timeline.clauses[change.before];
        const over_time::ClauseText& after = m_timeline.clauses[change.after];
        const bool reworded = change.kind == over_time::ChangeKind::reworded;
        // A clause that comes back was shown before, often many times.
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
    const over_time::PolicyTimeline& m_timeline;
    Detail m_detail;
};

void add_timeline(Page& page, const over_time::PolicyTimeline& timeline,
                  const request::HistoryRequest& request, Detail detail) {
    TimelinePage part(page, timeline, detail);
    if (detail != Detail::brief) {
        part.add_head(request);
    }
    if (timeline.dated.empty() && (request.from || request.to)) {
        page.add_blank();
        page.add_paragraph(fmt::format("No snapshot {}.", span_in_words(request)));
    }
    part.add_dated();
    part.add_undated();
    if (!timeline.all_compared) {
        page.add_blank();
        page.add_paragraph(told::k_not_all_compared, told::Style::mark);
    }
}

void add_event(Page& page, const told::LifeEvent& event, std::string_view text) {
    const bool came = event.kind == told::LifeEvent::Kind::came;
    page.add_blank();
    page.add_paragraph(event.words, told::Style::plain, dated_box(told::day_or_unknown(event.day)));
    if (event.extracted_anew) {
        add_note(page, told::k_extracted_anew, told::Style::mark);
    }
    for (const over_time::OtherWording& other : event.others) {
        page.add_blank();
        if (other.similarity == 0) {
            add_clause(page, came ? '-' : '+', other.clause.text, SIZE_MAX);
        } else if (came) {
            add_rewording(page, other.clause.text, text);
        } else {
            add_rewording(page, text, other.clause.text);
        }
        add_note(page, other.clause.id);
    }
}

void add_life(Page& page, const over_time::ClauseLife& life, const request::HistoryRequest& request,
              Detail detail) {
    const index::ClauseView& clause = life.clause;
    if (detail != Detail::brief) {
        page.add_paragraph(told::policy_name(clause.policy));
        page.add_fact("Heading", join(clause.heading_path, " › "));
        page.add_fact("Stood", told::standing_text(clause, life.policy_snapshots));
        page.add_fact("Shown", span_in_words(request));
        page.add_fact("Note", std::string(clause.boilerplate ? told::k_boilerplate_note : ""));
        page.add_fact("Id", clause.id);
        page.add_rule();
    }
    page.add_blank();
    page.add_paragraph(clause.text, told::Style::strong, hanging(k_bar));
    for (const told::LifeEvent& event : told::life_events(life)) {
        add_event(page, event, clause.text);
    }
    if (const std::string undated = told::undated_in_words(life); !undated.empty()) {
        page.add_blank();
        page.add_paragraph(undated);
    }
    if (life.runs.empty() && life.undated == 0) {
        page.add_blank();
        page.add_paragraph(fmt::format("It did not stand {}.", span_in_words(request)));
    }
}

}  // namespace

std::string history_text(const over_time::History& history, const request::HistoryRequest& request,
                         Layout layout, Detail detail) {
    Page page(layout);
    if (history.life) {
        add_life(page, *history.life, request, detail);
    }
    for (const over_time::PolicyTimeline& timeline : history.timelines) {
        page.add_blank();
        add_timeline(page, timeline, request, detail);
    }
    return page.rendered();
}

}  // namespace smallprint::terminal

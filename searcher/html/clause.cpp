// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/model/date.h"
#include "common/model/section.h"
#include "searcher/diff/word_diff.h"
#include "searcher/html/markup.h"
#include "searcher/html/page_template.h"
#include "searcher/html/page_url.h"
#include "searcher/html/pages.h"
#include "searcher/html/parts.h"
#include "searcher/html/search.h"
#include "searcher/html/site.h"
#include "searcher/html/svg.h"
#include "searcher/index/clause_view.h"
#include "searcher/over_time/history.h"
#include "searcher/told/changes.h"
#include "searcher/told/citation.h"
#include "searcher/told/facts.h"

#include <fmt/format.h>

#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace smallprint::html {
namespace {

constexpr std::size_t k_title_bytes = 60;  // of the text, in the page's title

View paragraph_view(const std::string& text) {
    return html_view(marked(text, {}));
}

View links_view(const std::vector<Link>& links) {
    std::set<std::string> targets;
    for (const Link& link : links) {
        targets.insert(web_link(link.target).value_or(""));
    }
    targets.erase("");
    return list_of(targets, text_view);
}

void add_facts(View& view, const index::ClauseView& clause) {
    add_policy(view, clause.policy);
    View links = links_view(clause.links);
    fill(view, {{"id", clause.id},
                {"path", text_or_false(heading_path_html(clause.heading_path))},
                {"first_seen", told::day_or_unknown(clause.first_seen)},
                {"last_seen", told::day_or_unknown(clause.last_seen)},
                {"still_present", clause.still_present},
                {"note", text_or_false(clause.boilerplate ? told::k_boilerplate_note : "")},
                {"also", clause.also_at_vendors == 0
                             ? View(false)
                             : text_view(told::counted(clause.also_at_vendors, "other vendor"))},
                {"policy_url", policy_url(clause.id) + "#focus"},
                {"archive", archive_view(clause.archive_url)},
                {"source", source_view(clause.source_url)},
                {"has_links", !links.is_empty_list()},
                {"links", std::move(links)},
                {"before", list_of(clause.before, paragraph_view)},
                {"text", paragraph_view(clause.text)},
                {"after", list_of(clause.after, paragraph_view)},
                {"citation", told::citation_text(clause)},
                {"bibtex", told::citation_bibtex(clause)}});
}

// Another wording beside this one: as one text with the words that differ, or where it is another
// clause, as it stands.
View wording_view(const over_time::OtherWording& other, const std::string& older,
                  const std::string& newer) {
    const bool is_reworded = other.similarity > 0;
    return make_view(
        {{"url", clause_url(other.clause.id)},
         {"reworded", is_reworded},
         {"html", is_reworded ? word_changes(older, newer, diff::diff_words(older, newer))
                              : marked(other.clause.text, {})},
         {"kept", fmt::format("{:.0f}%", 100 * other.similarity)}});
}

View event_view(const told::LifeEvent& event, const index::ClauseView& clause) {
    const bool came = event.kind == told::LifeEvent::Kind::came;
    return make_view(
        {{"day", told::day_or_unknown(event.day)},
         {"words", event.words},
         {"note", text_or_false(event.extracted_anew ? told::k_extracted_anew : "")},
         {"diff_url", event.compared_with && event.day
                          ? text_view(diff_url(clause.policy.id, *event.compared_with, *event.day))
                          : View(false)},
         {"wordings", list_of(event.others, [&](const over_time::OtherWording& other) {
              const std::string& text = other.clause.text;
              return came ? wording_view(other, text, clause.text)
                          : wording_view(other, clause.text, text);
          })}});
}

// Between which captures it came and went: the days on which it was seen are not those.
void add_limits(View& view, const std::vector<told::LifeEvent>& events) {
    const auto before = events.empty() ? std::nullopt : events.front().compared_with;
    const bool is_gone = !events.empty() && events.back().kind == told::LifeEvent::Kind::went;
    fill(view, {{"not_yet", before ? text_view(format_day(*before)) : View(false)},
                {"no_longer",
                 is_gone ? text_view(told::day_or_unknown(events.back().day)) : View(false)}});
}

std::string lifeline_of(const index::ClauseView& clause, const over_time::ClauseLife& life) {
    const std::vector<Day> days = days_of(life.captures);
    const auto axis = days.empty() ? std::nullopt : TimeAxis::over(days.front(), days.back());
    return axis ? lifeline(*axis,
                           {.runs = clause.runs,
                            .snapshots = days,
                            .label = "Stood " + told::standing_text(clause, life.policy_snapshots)})
                : std::string();
}

}  // namespace

std::string clause_page(const index::ClauseView& clause, const over_time::ClauseLife& life,
                        const Site& site) {
    View view;
    add_facts(view, clause);
    const std::vector<told::LifeEvent> events = told::life_events(life);
    add_limits(view, events);
    fill(view, {{"standing", told::standing_text(clause, life.policy_snapshots)},
                {"lifeline", lifeline_of(clause, life)},
                {"has_events", !events.empty()},
                {"events",
                 list_of(events,
                         [&](const told::LifeEvent& event) { return event_view(event, clause); })},
                {"undated", text_or_false(told::undated_in_words(life))}});
    return make_page(site, "clause", view,
                     {.title = fmt::format("{}: {} – Smallprint", told::vendor_name(clause.policy),
                                           beginning(clause.text, k_title_bytes))});
}

}  // namespace smallprint::html

// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/model/date.h"
#include "common/model/section.h"
#include "searcher/diff/word_diff.h"
#include "searcher/html/markup.h"
#include "searcher/html/page_template.h"
#include "searcher/html/page_url.h"
#include "searcher/html/pages.h"
#include "searcher/html/search.h"
#include "searcher/html/site.h"
#include "searcher/html/svg.h"
#include "searcher/index/clause_view.h"
#include "searcher/over_time/history.h"
#include "searcher/told/citation.h"
#include "searcher/told/facts.h"

#include <fmt/format.h>

#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace smallprint {
namespace {

constexpr std::size_t k_title_bytes = 60;  // of the text, in the page's title

View paragraphs_view(const std::vector<std::string>& texts) {
    View list = list_view();
    for (const std::string& text : texts) {
        list.push_back(html_view(marked(text, {})));
    }
    return list;
}

View links_view(const std::vector<Link>& links) {
    View list = list_view();
    std::set<std::string> told;
    for (const Link& link : links) {
        const auto target = web_link(link.target);
        if (target && told.insert(*target).second) {
            list.push_back(text_view(*target));
        }
    }
    return list;
}

void add_facts(View& view, const ClauseView& clause) {
    view["vendor"] = text_view(vendor_name(clause.policy));
    view["vendor_url"] = text_view(vendor_url(clause.policy.vendor));
    view["has_vendor"] = !clause.policy.vendor.empty();
    view["type"] = text_view(clause.policy.type.empty() ? "Policy" : clause.policy.type);
    view["id"] = text_view(clause.id);
    view["language"] =
        clause.policy.language.empty() ? View(false) : text_view(clause.policy.language);
    view["has_path"] = !clause.heading_path.empty();
    view["path"] = html_view(heading_path_html(clause.heading_path));
    view["first_seen"] = text_view(day_or_unknown(clause.first_seen));
    view["last_seen"] = text_view(day_or_unknown(clause.last_seen));
    view["span"] = text_view(date_span(clause.first_seen, clause.last_seen));
    view["still_present"] = clause.still_present;
    view["boilerplate"] = clause.boilerplate;
    view["also"] = clause.also_at_vendors == 0
                       ? View(false)
                       : text_view(counted(clause.also_at_vendors, "other vendor"));
}

void add_addresses(View& view, const ClauseView& clause) {
    const auto archived = archive_link(clause.archive_url);
    const auto source = web_link(clause.source_url);
    view["policy_url"] = text_view(policy_url(clause.id) + "#focus");
    view["has_archive"] = archived.has_value();
    view["archive_url"] = text_view(archived ? archived->url : "");
    view["archive_label"] = text_view(archived ? archived->label : "");
    view["source"] = source ? text_view(*source) : View(false);
    View links = links_view(clause.links);
    view["has_links"] = !links.is_empty_list();
    view["links"] = std::move(links);
}

// Another wording beside this one: as one text with the words that differ, or where it is another
// clause, as it stands.
View wording_view(const OtherWording& other, const std::string& older, const std::string& newer) {
    const bool is_reworded = other.similarity > 0;
    View view;
    view["url"] = text_view(clause_url(other.clause.id));
    view["reworded"] = is_reworded;
    view["html"] = html_view(is_reworded ? word_changes(older, newer, diff_words(older, newer))
                                         : marked(other.clause.text, {}));
    view["kept"] = text_view(fmt::format("{:.0f}%", 100 * other.similarity));
    return view;
}

std::string coming_words(const LifeRun& run) {
    return run.begins_policy      ? "was in the first snapshot of the policy"
           : run.restored         ? "came back"
           : run.replaced.empty() ? "was added"
                                  : "replaced this";
}

std::string going_words(const LifeRun& run) {
    return run.replaced_by.empty() ? "was gone" : "was replaced by this";
}

View event_view(std::optional<Day> day, const std::string& words, bool reextracted) {
    View view;
    view["day"] = text_view(day_or_unknown(day));
    view["what"] = text_view(words);
    view["reextracted"] = reextracted;
    return view;
}

void add_event(View& events, View event, View wordings, const std::string& diff) {
    event["wordings"] = std::move(wordings);
    event["diff_url"] = diff.empty() ? View(false) : text_view(diff);
    events.push_back(event);
}

std::string diff_url(const ClauseView& clause, Day before, Day after) {
    return PageUrl("/diff/" + path_segment(clause.policy.id))
        .add("from", format_day(before))
        .add("to", format_day(after))
        .text();
}

// The newest capture before a day's, for the comparison of the two.
std::optional<Day> day_before(const ClauseLife& life, Day day) {
    std::optional<Day> before;
    for (const CaptureTime capture : life.captures) {
        if (day_of(capture) < day) {
            before = day_of(capture);
        }
    }
    return before;
}

View events_view(const ClauseView& clause, const ClauseLife& life) {
    View events = list_view();
    for (const LifeRun& run : life.runs) {
        View replaced = list_view();
        for (const OtherWording& other : run.replaced) {
            replaced.push_back(wording_view(other, other.clause.text, clause.text));
        }
        const auto before = run.dates.first && !run.begins_policy
                                ? day_before(life, *run.dates.first)
                                : std::nullopt;
        add_event(events, event_view(run.dates.first, coming_words(run), run.reextracted_first),
                  std::move(replaced), before ? diff_url(clause, *before, *run.dates.first) : "");
        if (!run.gone) {
            continue;
        }
        View replacing = list_view();
        for (const OtherWording& other : run.replaced_by) {
            replacing.push_back(wording_view(other, clause.text, other.clause.text));
        }
        const Day gone = day_of(*run.gone);
        add_event(events, event_view(gone, going_words(run), run.reextracted_gone),
                  std::move(replacing),
                  run.dates.last ? diff_url(clause, *run.dates.last, gone) : "");
    }
    return events;
}

// Between which captures it came and went: the days on which it was seen are not those.
void add_limits(View& view, const ClauseView& clause, const ClauseLife& life) {
    const auto before =
        clause.first_seen ? day_before(life, *clause.first_seen) : std::optional<Day>();
    const auto gone = life.runs.empty() ? std::nullopt : life.runs.back().gone;
    view["not_yet"] = before ? text_view(format_day(*before)) : View(false);
    view["no_longer"] = gone ? text_view(format_day(day_of(*gone))) : View(false);
}

std::string lifeline_of(const ClauseView& clause, const ClauseLife& life) {
    if (life.captures.empty()) {
        return {};
    }
    Lifeline line{.runs = clause.runs, .snapshots = {}, .label = {}};
    for (const CaptureTime capture : life.captures) {
        line.snapshots.push_back(day_of(capture));
    }
    line.label = fmt::format(
        "Stood {}, in {} of {} of the policy", date_span(clause.first_seen, clause.last_seen),
        thousands(clause.snapshots), counted(life.policy_snapshots, "snapshot"));
    const auto axis = TimeAxis::over(line.snapshots.front(), line.snapshots.back());
    return axis ? lifeline(*axis, line) : std::string();
}

}  // namespace

std::string clause_page(const ClauseView& clause, const ClauseLife& life, const Site& site) {
    View view;
    add_facts(view, clause);
    add_addresses(view, clause);
    view["before"] = paragraphs_view(clause.before);
    view["text"] = html_view(marked(clause.text, {}));
    view["after"] = paragraphs_view(clause.after);
    view["snapshots"] = text_view(
        fmt::format("{} of {}", thousands(clause.snapshots), thousands(life.policy_snapshots)));
    view["lifeline"] = html_view(lifeline_of(clause, life));
    View events = events_view(clause, life);
    add_limits(view, clause, life);
    view["has_events"] = !events.is_empty_list();
    view["events"] = std::move(events);
    view["citation"] = text_view(citation_text(clause));
    view["bibtex"] = text_view(citation_bibtex(clause));
    return framed(site, {.title = fmt::format("{}: {} – Smallprint", vendor_name(clause.policy),
                                              beginning(clause.text, k_title_bytes)),
                         .main = rendered(site.files, "clause", view)});
}

}  // namespace smallprint

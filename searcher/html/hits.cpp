// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/html/markup.h"
#include "searcher/html/page_template.h"
#include "searcher/html/page_url.h"
#include "searcher/html/search.h"
#include "searcher/html/search_state.h"
#include "searcher/html/site.h"
#include "searcher/html/svg.h"
#include "searcher/html/trend.h"
#include "searcher/index/clause_view.h"
#include "searcher/request/filters.h"
#include "searcher/search/results.h"
#include "searcher/told/facts.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace smallprint {
namespace {

constexpr std::size_t k_longest_text = 1800;  // bytes of a clause among others
constexpr std::size_t k_longest_neighbour = 260;

View neighbours_view(const std::vector<std::string>& texts) {
    View list = list_view();
    for (const std::string& text : texts) {
        list.push_back(text_view(beginning(text, k_longest_neighbour)));
    }
    return list;
}

// About how many words there are, for people.
std::string word_count(std::string_view text) {
    const auto blanks = std::ranges::count_if(text, [](char c) { return c == ' ' || c == '\n'; });
    return thousands(static_cast<std::uint64_t>(blanks) + 1);
}

void add_text(View& view, const Hit& hit) {
    const ClauseView& clause = hit.clause;
    const Excerpt text = excerpt(clause.text, hit.highlights, k_longest_text);
    view["text"] = html_view(text.html);
    view["cut"] = text.cut;
    view["words"] = text_view(word_count(clause.text));
    view["before"] = neighbours_view(clause.before);
    view["after"] = neighbours_view(clause.after);
    const bool stands_before = !clause.before.empty() && clause.before.back() == clause.lead_in;
    view["lead_in"] = clause.lead_in.empty() || stands_before
                          ? View(false)
                          : text_view(beginning(clause.lead_in, k_longest_neighbour));
}

void add_time(View& view, const ClauseView& clause, const std::optional<TimeAxis>& axis) {
    const std::string span = date_span(clause.first_seen, clause.last_seen);
    view["span"] = text_view(span);
    view["bar"] =
        html_view(axis && clause.first_seen ? run_bar(*axis, clause.runs, "Stood " + span) : "");
    view["snapshots"] = text_view(counted(clause.snapshots, "snapshot"));
    view["still_present"] = clause.still_present;
}

View hit_view(const Hit& hit, const SearchState& state, const std::optional<TimeAxis>& axis) {
    const ClauseView& clause = hit.clause;
    View view;
    view["rank"] = text_view(std::to_string(hit.rank));
    view["clause_url"] = text_view(clause_url(clause.id));
    view["policy_url"] = text_view(policy_url(clause.id) + "#focus");
    view["vendor"] = text_view(vendor_name(clause.policy));
    view["type"] = clause.policy.type.empty() ? View(false) : text_view(clause.policy.type);
    view["language"] =
        clause.policy.language.empty() ? View(false) : text_view(clause.policy.language);
    view["has_path"] = !clause.heading_path.empty();
    view["path"] = html_view(heading_path_html(clause.heading_path));
    add_text(view, hit);
    add_time(view, clause, axis);
    SearchState copies = state;
    copies.all_copies = true;
    copies.page = 1;
    view["also"] = clause.also_at_vendors == 0
                       ? View(false)
                       : text_view(counted(clause.also_at_vendors, "other vendor"));
    view["also_url"] = text_view(search_url(copies));
    const auto archived = archive_link(clause.archive_url);
    view["has_archive"] = archived.has_value();
    view["archive_url"] = text_view(archived ? archived->url : "");
    view["archive_label"] = text_view(archived ? archived->label : "");
    return view;
}

void add_paging(View& view, const SearchPage& page) {
    const SearchState& state = page.state;
    const SearchResults& results = *page.results;
    const std::size_t pages = (results.total + k_results_a_page - 1) / k_results_a_page;
    SearchState previous = state;
    previous.page = results.hits.empty() ? std::min(state.page - 1, pages) : state.page - 1;
    previous.cursor.clear();
    SearchState next = state;
    next.page = state.page + 1;
    next.cursor = results.next.value_or("");
    // With so many of each vendor there are fewer results than clauses, nobody knows how many.
    const bool is_known = state.per_vendor.empty() && results.total_is_exact && state.page <= pages;
    view["paged"] = state.page > 1 || results.next.has_value();
    view["page"] = text_view(thousands(state.page));
    view["pages"] = is_known ? text_view(thousands(pages)) : View(false);
    view["previous_url"] = state.page > 1 ? text_view(search_url(previous)) : View(false);
    view["next_url"] = results.next ? text_view(search_url(next)) : View(false);
}

// The synonyms are of less weight than what the user has to know.
View synonyms_view(const SearchResults& results) {
    std::string also;
    for (const std::string& synonym : results.synonyms) {
        also += (also.empty() ? "<b>" : ", <b>") + escaped(synonym) + "</b>";
    }
    return also.empty() ? View(false) : html_view(also);
}

// The query with its words spelt as the archive spells them.
View meant_view(const SearchPage& page) {
    if (!page.results->suggestion) {
        return {false};
    }
    SearchState meant = page.state;
    meant.q = *page.results->suggestion;
    meant.page = 1;
    View view;
    view["query"] = text_view(meant.q);
    view["url"] = text_view(search_url(meant));
    return view;
}

View orders_view(const SearchState& state) {
    struct Order {
        std::string_view sort;
        std::string_view label;
    };

    constexpr std::array orders = {Order{"", "best match"}, Order{"newest", "newest"},
                                   Order{"oldest", "oldest"}};
    View list = list_view();
    for (const Order& order : orders) {
        SearchState sorted = state;
        sorted.sort = order.sort;
        sorted.page = 1;
        View item;
        item["label"] = text_view(order.label);
        item["chosen"] = state.sort == order.sort;
        item["url"] = text_view(search_url(sorted));
        list.push_back(item);
    }
    return list;
}

// Who else says it, over time.
View trend_of(const SearchState& state) {
    TrendState trend;
    trend.queries = {state.q};
    for (const Filter filter : {Filter::from, Filter::to}) {
        trend.filters[filter] = state.filters[filter];
    }
    return state.q.empty() || state.plain ? View(false) : text_view(trend_url(trend));
}

View notes_view(const SearchResults& results) {
    View notes = list_view();
    if (results.widened && results.total > 0) {
        notes.push_back(
            html_view(results.complete == 0
                          ? "No clause has all the words. These lack some of them."
                          : fmt::format("Only {} {} all the words; the others lack some of them.",
                                        counted(results.complete, "clause"),
                                        results.complete == 1 ? "has" : "have")));
    }
    for (const std::string& note : results.notes) {
        notes.push_back(html_view(escaped(sentence(note))));
    }
    return notes;
}

}  // namespace

std::string heading_path_html(const std::vector<std::string>& path) {
    std::string html;
    for (const std::string& heading : path) {
        html += html.empty() ? "<bdi>" : R"( <span class="sep">›</span> <bdi>)";
        html += escaped(heading) + "</bdi>";
    }
    return html;
}

void add_hits(View& view, const SearchPage& page, const Site& site) {
    const SearchResults& results = *page.results;
    const auto axis = TimeAxis::over(site.archive.first, site.archive.last);
    View hits = list_view();
    bool was_complete = results.complete > 0;
    for (const Hit& hit : results.hits) {
        View item = hit_view(hit, page.state, axis);
        item["first_lacking"] = was_complete && !hit.complete;
        was_complete = hit.complete;
        hits.push_back(item);
    }
    const std::size_t before = (page.state.page - 1) * k_results_a_page;
    view["hits"] = std::move(hits);
    view["first_rank"] = text_view(std::to_string(before + 1));
    view["count_text"] =
        text_view((results.total_is_exact ? "" : "at least ") + counted(results.total, "clause"));
    view["range"] =
        results.hits.empty()
            ? View(false)
            : text_view(fmt::format("{} to {}", before + 1, before + results.hits.size()));
    view["took"] = text_view(fmt::format("{:.1f}", results.took_ms));
    view["synonyms"] = synonyms_view(results);
    view["notes"] = notes_view(results);
    view["meant"] = meant_view(page);
    view["orders"] = orders_view(page.state);
    view["trend_url"] = trend_of(page.state);
    view["search_url"] = text_view(search_url(page.state));
    view["feed"] = text_view(feed_url(page.state));
    add_paging(view, page);
}

}  // namespace smallprint

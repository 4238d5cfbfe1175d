// SPDX-License-Identifier: GPL-2.0-or-later

#include "searcher/search/results.h"

#include "searcher/html/markup.h"
#include "searcher/html/page_template.h"
#include "searcher/html/page_url.h"
#include "searcher/html/parts.h"
#include "searcher/html/search.h"
#include "searcher/html/search_state.h"
#include "searcher/html/site.h"
#include "searcher/html/svg.h"
#include "searcher/html/trend.h"
#include "searcher/index/clause_view.h"
#include "searcher/request/filters.h"
#include "searcher/told/answers.h"
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

namespace smallprint::html {

namespace {

constexpr std::size_t k_longest_text = 1800;  // bytes of a clause among others
constexpr std::size_t k_longest_neighbour = 260;

View neighbour_view(const std::string& text) {
    return text_view(beginning(text, k_longest_neighbour));
}

// About how many words there are, for people.
std::string word_count(std::string_view text) {
    const auto blanks = std::ranges::count_if(text, [](char c) { return c == ' ' || c == '\n'; });
    return told::thousands(static_cast<std::uint64_t>(blanks) + 1);
}

void add_text(View& view, const search::Hit& hit) {
    const index::ClauseView& clause = hit.clause;
    const Excerpt text = excerpt(clause.text, hit.highlights, k_longest_text);
    const bool stands_before = !clause.before.empty() && clause.before.back() == clause.lead_in;
    fill(view,
         {{"text", text.html},
          {"cut", text.cut},
          {"words", word_count(clause.text)},
          {"before", list_of(clause.before, neighbour_view)},
          {"after", list_of(clause.after, neighbour_view)},
          {"lead_in",
           text_or_false(stands_before ? "" : beginning(clause.lead_in, k_longest_neighbour))}});
}

View hit_view(const search::Hit& hit, const SearchState& state,
              const std::optional<TimeAxis>& axis) {
    const index::ClauseView& clause = hit.clause;
    const std::string span = told::date_span(clause.first_seen, clause.last_seen);
    SearchState copies = state;
    copies.all_copies = true;
    copies.page = 1;
    View view = make_view(
        {{"rank", std::to_string(hit.rank)},
         {"clause_url", clause_url(clause.id)},
         {"policy_url", policy_url(clause.id) + "#focus"},
         {"vendor", told::vendor_name(clause.policy)},
         {"type", text_or_false(clause.policy.type)},
         {"language", text_or_false(clause.policy.language)},
         {"path", text_or_false(heading_path_html(clause.heading_path))},
         {"span", span},
         {"bar", axis && clause.first_seen ? run_bar(*axis, clause.runs, "Stood " + span) : ""},
         {"snapshots", told::counted(clause.snapshots, "snapshot")},
         {"still_present", clause.still_present},
         {"also", text_or_false(clause.also_at_vendors == 0
                                    ? ""
                                    : told::counted(clause.also_at_vendors, "other vendor"))},
         {"also_url", search_url(copies)},
         {"archive", archive_view(clause.archive_url)}});
    add_text(view, hit);
    return view;
}

void add_paging(View& view, const SearchPage& page) {
    const SearchState& state = page.state;
    const search::SearchResults& results = *page.results;
    const std::size_t pages = (results.total + k_results_a_page - 1) / k_results_a_page;
    SearchState previous = state;
    previous.page = results.hits.empty() ? std::min(state.page - 1, pages) : state.page - 1;
    previous.cursor.clear();
    SearchState next = state;
    next.page = state.page + 1;
    next.cursor = results.next.value_or("");
    // With so many of each vendor there are fewer results than clauses, nobody knows how many.
    const bool is_known = state.per_vendor.empty() && results.total_is_exact && state.page <= pages;
    fill(view, {{"paged", state.page > 1 || results.next.has_value()},
                {"page", told::thousands(state.page)},
                {"pages", text_or_false(is_known ? told::thousands(pages) : "")},
                {"previous_url", text_or_false(state.page > 1 ? search_url(previous) : "")},
                {"next_url", text_or_false(results.next ? search_url(next) : "")}});
}

// The synonyms are of less weight than what the user has to know.
View synonyms_view(const search::SearchResults& results) {
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
    return make_view(
        {{"words", told::k_did_you_mean}, {"query", meant.q}, {"url", search_url(meant)}});
}

View orders_view(const SearchState& state) {
    struct Order {
        std::string_view sort;
        std::string_view label;
    };

    constexpr std::array orders = {Order{"", "best match"}, Order{"newest", "newest"},
                                   Order{"oldest", "oldest"}};
    return list_of(orders, [&](const Order& order) {
        SearchState sorted = state;
        sorted.sort = order.sort;
        sorted.page = 1;
        return make_view({{"label", order.label},
                          {"chosen", state.sort == order.sort},
                          {"url", search_url(sorted)}});
    });
}

// Who else says it, over time.
View trend_of(const SearchState& state) {
    TrendState trend;
    trend.queries = {state.q};
    for (const request::Filter filter : {request::Filter::from, request::Filter::to}) {
        trend.filters[filter] = state.filters[filter];
    }
    return state.q.empty() || state.plain ? View(false) : text_view(trend_url(trend));
}

View notes_view(const search::SearchResults& results) {
    std::vector<std::string> notes = results.notes;
    if (const std::string common = told::passed_over(results);
        results.total > 0 && !common.empty()) {
        notes.insert(notes.begin(), "passed over as too common: " + common);
    }
    if (std::string aside = told::aside_in_words(results); !aside.empty()) {
        notes.insert(notes.begin(), std::move(aside));
    }
    if (results.total > 0 && results.widened) {
        notes.insert(notes.begin(), told::widened_in_words(results));
    }
    return list_of(notes, [](const std::string& note) { return text_view(sentence(note)); });
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
    const search::SearchResults& results = *page.results;
    const auto axis = TimeAxis::over(site.archive.first, site.archive.last);
    View hits = list_view();
    bool was_complete = results.complete > 0;
    for (const search::Hit& hit : results.hits) {
        View item = hit_view(hit, page.state, axis);
        item["first_lacking"] = was_complete && !hit.complete;
        was_complete = hit.complete;
        hits.push_back(item);
    }
    const std::size_t before = (page.state.page - 1) * k_results_a_page;
    const std::string range = fmt::format("{} to {}", before + 1, before + results.hits.size());
    fill(view, {{"hits", std::move(hits)},
                {"first_rank", std::to_string(before + 1)},
                {"count_text", told::total_in_words(results)},
                {"range", text_or_false(results.hits.empty() ? "" : range)},
                {"took", fmt::format("{:.1f}", results.took_ms)},
                {"synonyms", synonyms_view(results)},
                {"notes", notes_view(results)},
                {"meant", meant_view(page)},
                {"orders", orders_view(page.state)},
                {"trend_url", trend_of(page.state)},
                {"search_url", search_url(page.state)},
                {"feed", feed_url(page.state)}});
    add_paging(view, page);
}

namespace {

View words_view(const search::SearchResults& results, const SearchState& state) {
    if (results.total > 0 || results.words.empty()) {
        return {false};
    }
    return make_view({{"word", list_of(results.words, [&](const search::WordCount& word) {
                           SearchState alone;
                           alone.q = word.word;
                           alone.no_synonyms = state.no_synonyms;
                           return make_view({{"word", word.word},
                                             {"count", told::occurrence(word)},
                                             {"url", search_url(alone)}});
                       })}});
}

View tip_view(std::string_view label, SearchState tried) {
    tried.page = 1;
    return make_view({{"label", label}, {"url", search_url(tried)}});
}

// Advice, as links where it is another search.
View advice_view(const SearchPage& page) {
    const SearchState& state = page.state;
    View tips = list_view();
    if (page.results->total > 0) {
        tips.push_back(tip_view("the first page: there are fewer results than that", state));
    }
    if (!state.filters.is_empty()) {
        SearchState unfiltered;
        unfiltered.q = state.q;
        tips.push_back(tip_view("the same in the whole archive, without filters", unfiltered));
    }
    if (!state.filters[request::Filter::from].empty() ||
        !state.filters[request::Filter::to].empty()) {
        SearchState ever = state;
        ever.filters[request::Filter::from].clear();
        ever.filters[request::Filter::to].clear();
        tips.push_back(tip_view("the same at any time", ever));
    }
    if (page.results->aside > 0 && !state.plain) {
        SearchState aside = state;
        aside.q += " in:boilerplate";
        tips.push_back(tip_view("the same in titles, menus and footers", aside));
    }
    const bool is_empty = page.results->total == 0;
    for (const told::Tip& tip :
         is_empty ? told::query_tips(*page.results) : std::vector<told::Tip>()) {
        SearchState words = state;
        std::erase(words.q, '"');
        tips.push_back(tip.kind == told::Tip::Kind::no_quotes && words.q != state.q
                           ? tip_view(tip.words, words)
                           : make_view({{"label", tip.words}, {"url", false}}));
    }
    return tips.is_empty_list() ? View(false) : make_view({{"tip", std::move(tips)}});
}

}  // namespace

void add_empty_answer(View& view, const SearchPage& page) {
    fill(view, {{"nothing", page.results->hits.empty()},
                {"words", words_view(*page.results, page.state)},
                {"advice", advice_view(page)}});
}

}  // namespace smallprint::html

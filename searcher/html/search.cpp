// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/html/search.h"

#include "common/base/error.h"
#include "common/fields/field_table.h"
#include "common/model/date.h"
#include "common/text/utf8.h"
#include "searcher/html/markup.h"
#include "searcher/html/page_template.h"
#include "searcher/html/search_state.h"
#include "searcher/html/site.h"
#include "searcher/query/syntax_table.h"
#include "searcher/told/facts.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace smallprint::html {
namespace {

// Queries to begin with, for somebody who sees the page for the first time.
struct FirstQuery {
    std::string_view query;
    std::string_view about;
    bool is_of_last_years = false;  // its "{}" is a span of years that the archive has
};

constexpr std::array k_first_queries = {
    FirstQuery{"sell personal data", "who does, who says they never will"},
    FirstQuery{"\"do not sell\"", "an exact phrase, and when it came"},
    FirstQuery{"do they share my location?", "a question works as well"},
    FirstQuery{"sell w/5 (\"personal data\" OR information)", "words near each other"},
    FirstQuery{"change:removed date:{} data", "what was struck in the last years", true},
    FirstQuery{"heading:retention delete", "under certain headings"},
};

View help_view() {
    View rows = list_of(query::k_syntax, [](const query::SyntaxRow& row) {
        return make_view({{"example", row.example}, {"help", coded(row.help)}});
    });
    for (const FieldRow& row : k_fields) {
        if (row.field == Field::date || row.field == Field::change) {
            rows.push_back(
                make_view({{"example", row.example}, {"help", "by " + coded(row.help)}}));
        }
    }
    return rows;
}

// A query with the last three years of the archive in place of its "{}".
std::string of_last_years(std::string_view query, Day last) {
    const int year{std::chrono::year_month_day(last).year()};
    const std::size_t place = query.find("{}");
    return fmt::format("{}{}..{}{}", query.substr(0, place), year - 2, year,
                       query.substr(place + 2));
}

void add_first_visit(View& view, const ArchiveFacts& archive) {
    const bool dated = archive.first && archive.last;
    View examples = list_view();
    for (const FirstQuery& row : k_first_queries) {
        if (!row.is_of_last_years || dated) {
            SearchState state;
            state.q = row.is_of_last_years ? of_last_years(row.query, *archive.last)
                                           : std::string(row.query);
            examples.push_back(
                make_view({{"url", search_url(state)}, {"query", state.q}, {"about", row.about}}));
        }
    }
    fill(view, {{"clauses", told::thousands(archive.clauses)},
                {"snapshots", told::thousands(archive.snapshots)},
                {"policies", told::counted(archive.policies, "policy")},
                {"vendors", told::counted(archive.vendors, "vendor")},
                {"span", dated},
                {"first", told::day_or_unknown(archive.first)},
                {"last", told::day_or_unknown(archive.last)},
                {"examples", std::move(examples)}});
}

// The query with the place of the mistake set off. A mistake at the end is shown as a blank.
void add_place(View& error, std::string_view query, std::size_t position) {
    const std::size_t begin = text::utf8_prefix(query, std::min(position, query.size())).size();
    std::size_t end = begin;
    if (begin < query.size()) {
        text::next_character(query, end);
    }
    fill(error, {{"before", query.substr(0, begin)},
                 {"at", begin == end ? " " : query.substr(begin, end - begin)},
                 {"behind", query.substr(end)}});
}

View error_view(const Error& error, const SearchState& state) {
    constexpr std::string_view repair = "did you mean: ";
    const bool is_query = error.code == ErrorCode::query;
    const bool has_repair = error.hint.starts_with(repair);
    SearchState unfiltered;
    unfiltered.q = state.q;
    SearchState plain = state;
    plain.page = 1;
    SearchState repaired = plain;
    repaired.q = has_repair ? error.hint.substr(repair.size()) : "";
    plain.plain = true;
    View view =
        make_view({{"is_query", is_query},
                   {"title", is_query ? "This query cannot be read" : "That cannot be searched"},
                   {"unfiltered_url", search_url(unfiltered)},
                   {"message", sentence(error.message)},
                   {"hint", has_repair ? View(false) : hint_view(error.hint)},
                   {"repaired", text_or_false(repaired.q)},
                   {"repaired_url", search_url(repaired)},
                   {"has_place", error.position.has_value()},
                   {"plain_url", search_url(plain)}});
    if (error.position) {
        add_place(view, state.q, *error.position);
    }
    return view;
}

std::string title_of(const SearchPage& page) {
    if (page.state.q.empty() && page.results == nullptr) {
        return "Smallprint: search policies, clause by clause";
    }
    return fmt::format("{} – Smallprint", page.state.q.empty() ? "Search" : page.state.q);
}

}  // namespace

std::string search_page(const SearchPage& page, const Site& site) {
    const bool is_first_visit = page.results == nullptr && page.error == nullptr;
    View view = make_view(
        {{"first_visit", is_first_visit},
         {"bad_query", page.error != nullptr},
         {"has_results", page.results != nullptr},
         {"q", page.state.q},
         {"has_q", !page.state.q.empty()},
         {"help", help_view()},
         {"error", page.error != nullptr ? error_view(*page.error, page.state) : View(false)},
         {"answered", !is_first_visit}});
    if (is_first_visit) {
        add_first_visit(view, site.archive);
    } else {
        add_filters(view, page.state, site.archive);
        add_facets(view, page);
    }
    if (page.results != nullptr) {
        add_chips(view, page.state);
        add_hits(view, page, site);
        add_empty_answer(view, page);
    }
    return make_page(site, "search", view,
                     {.title = title_of(page),
                      .section = "search",
                      .feed = page.results != nullptr ? feed_url(page.state) : ""});
}

}  // namespace smallprint::html

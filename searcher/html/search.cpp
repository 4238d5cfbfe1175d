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
#include "searcher/told/query_help.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace smallprint {
namespace {

void add_help(View& view) {
    View rows = list_view();
    for (const SyntaxRow& row : k_syntax) {
        View item;
        item["example"] = text_view(row.example);
        item["help"] = html_view(coded(row.help));
        rows.push_back(item);
    }
    for (const FieldRow& row : k_fields) {
        if (row.field == Field::date || row.field == Field::change) {
            View item;
            item["example"] = text_view(row.example);
            item["help"] = html_view("by " + coded(row.help));
            rows.push_back(item);
        }
    }
    view["help"] = std::move(rows);
}

// A query with the last three years of the archive in place of its "{}".
std::string of_last_years(std::string_view query, Day last) {
    const int year{std::chrono::year_month_day(last).year()};
    const std::size_t place = query.find("{}");
    return fmt::format("{}{}..{}{}", query.substr(0, place), year - 2, year,
                       query.substr(place + 2));
}

void add_first_visit(View& view, const ArchiveFacts& archive) {
    view["clauses"] = text_view(thousands(archive.clauses));
    view["snapshots"] = text_view(thousands(archive.snapshots));
    view["policies"] = text_view(counted(archive.policies, "policy"));
    view["vendors"] = text_view(counted(archive.vendors, "vendor"));
    const bool dated = archive.first && archive.last;
    view["span"] = dated;
    view["first"] = text_view(day_or_unknown(archive.first));
    view["last"] = text_view(day_or_unknown(archive.last));
    View examples = list_view();
    for (const FirstQuery& row : first_queries()) {
        if (row.is_of_last_years && !dated) {
            continue;
        }
        SearchState state;
        state.q =
            row.is_of_last_years ? of_last_years(row.query, *archive.last) : std::string(row.query);
        View item;
        item["url"] = text_view(search_url(state));
        item["query"] = text_view(state.q);
        item["about"] = text_view(row.about);
        examples.push_back(item);
    }
    view["examples"] = std::move(examples);
}

// The query with the place of the mistake set off. A mistake at the end is shown as a blank.
void add_place(View& error, std::string_view query, std::size_t position) {
    const std::size_t begin = utf8_prefix(query, std::min(position, query.size())).size();
    std::size_t end = begin;
    if (begin < query.size()) {
        next_character(query, end);
    }
    error["before"] = text_view(query.substr(0, begin));
    error["at"] = text_view(begin == end ? " " : query.substr(begin, end - begin));
    error["behind"] = text_view(query.substr(end));
}

View error_view(const Error& error, const SearchState& state) {
    View view;
    const bool is_query = error.code == ErrorCode::query;
    view["is_query"] = is_query;
    view["title"] = text_view(is_query ? "This query cannot be read" : "That cannot be searched");
    SearchState unfiltered;
    unfiltered.q = state.q;
    view["unfiltered_url"] = text_view(search_url(unfiltered));
    view["message"] = text_view(sentence(error.message));
    constexpr std::string_view repair = "did you mean: ";
    const bool has_repair = error.hint.starts_with(repair);
    view["hint"] = has_repair ? View(false) : hint_view(error.hint);
    view["repaired"] = has_repair ? text_view(error.hint.substr(repair.size())) : View(false);
    view["has_place"] = error.position.has_value();
    if (error.position) {
        add_place(view, state.q, *error.position);
    }
    SearchState tried = state;
    tried.page = 1;
    if (has_repair) {
        tried.q = error.hint.substr(repair.size());
        view["repaired_url"] = text_view(search_url(tried));
    }
    tried.q = state.q;
    tried.plain = true;
    view["plain_url"] = text_view(search_url(tried));
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
    View view;
    view["first_visit"] = is_first_visit;
    view["bad_query"] = page.error != nullptr;
    view["has_results"] = page.results != nullptr;
    view["q"] = text_view(page.state.q);
    view["has_q"] = !page.state.q.empty();
    add_help(view);
    view["error"] = page.error != nullptr ? error_view(*page.error, page.state) : View(false);
    if (is_first_visit) {
        add_first_visit(view, site.archive);
    }
    view["answered"] = !is_first_visit;
    if (!is_first_visit) {
        add_filters(view, page.state, site.archive);
        add_facets(view, page);
    }
    if (page.results != nullptr) {
        add_chips(view, page.state);
        add_hits(view, page, site);
        add_empty_answer(view, page);
    }
    return framed(site, {.title = title_of(page),
                         .section = "search",
                         .feed = page.results != nullptr ? feed_url(page.state) : "",
                         .main = rendered(site.files, "search", view)});
}

}  // namespace smallprint

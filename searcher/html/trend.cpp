// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/html/trend.h"

#include "common/base/enum_names.h"
#include "common/base/error.h"
#include "searcher/html/markup.h"
#include "searcher/html/page_template.h"
#include "searcher/html/page_url.h"
#include "searcher/html/search.h"
#include "searcher/html/search_state.h"
#include "searcher/html/site.h"
#include "searcher/over_time/trend.h"
#include "searcher/request/filters.h"
#include "searcher/request/period.h"
#include "searcher/request/requests.h"
#include "searcher/told/answers.h"
#include "searcher/told/facts.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace smallprint::html {
namespace {

constexpr std::size_t k_least_fields = 2;
constexpr std::size_t k_colours = 6;

struct LengthRow {
    request::PeriodLength length;
    std::string_view label;
};

constexpr std::array k_lengths = {
    LengthRow{request::PeriodLength::year, "years"},
    LengthRow{request::PeriodLength::half_year, "half-years"},
    LengthRow{request::PeriodLength::quarter, "quarters"},
    LengthRow{request::PeriodLength::month, "months"},
};

// A field for each query, and an empty one for another.
View fields_view(const std::vector<std::string>& queries) {
    View list = list_view();
    const std::size_t count = std::max(k_least_fields, queries.size() + 1);
    for (std::size_t i = 0; i < count && i < request::k_most_trend_queries; ++i) {
        list.push_back(
            make_view({{"number", std::to_string(i + 1)},
                       {"colour", std::to_string(i % k_colours)},
                       {"value", i < queries.size() ? queries[i] : ""},
                       {"hint", i == 0 ? "sell personal data" : "another, to compare"}}));
    }
    return list;
}

View lengths_view(const std::string& by) {
    return list_of(k_lengths, [&](const LengthRow& row) {
        const bool chosen =
            by.empty() ? row.length == request::PeriodLength::half_year : by == name_of(row.length);
        return make_view(
            {{"value", name_of(row.length)}, {"label", row.label}, {"chosen", chosen}});
    });
}

View series_view(const over_time::Trend& trend, const TrendState& state) {
    View list = list_view();
    for (std::size_t i = 0; i < trend.series.size(); ++i) {
        SearchState search;
        search.q = trend.series[i].query;
        search.filters = state.filters;
        list.push_back(make_view({{"colour", std::to_string(i % k_colours)},
                                  {"query", trend.series[i].query},
                                  {"vendors", told::thousands(trend.series[i].vendors)},
                                  {"clauses", told::counted(trend.series[i].clauses, "clause")},
                                  {"url", search_url(search)}}));
    }
    return list;
}

View rows_view(const over_time::Trend& trend) {
    View list = list_view();
    for (std::size_t i = 0; i < trend.periods.size(); ++i) {
        const std::uint64_t observed = trend.periods[i].observed;
        list.push_back(make_view(
            {{"period", trend.periods[i].period.name()},
             {"observed", told::thousands(observed)},
             {"cells", list_of(trend.series, [&](const over_time::TrendSeries& series) {
                  const std::uint64_t matching = series.matching[i];
                  return make_view(
                      {{"count", told::thousands(matching)},
                       {"share", text_or_false(observed == 0 ? ""
                                                             : told::share_text(told::share_of(
                                                                   matching, observed)))}});
              })}}));
    }
    return list;
}

View notes_view(const over_time::Trend& trend) {
    std::vector<std::string> notes = {
        std::string(trend.periods.empty() ? told::k_nobody_observed : ""),
        told::left_out_note(trend)};
    if (trend.periods.empty()) {
        notes.front() += told::k_why_nobody;
    }
    for (const over_time::TrendSeries& series : trend.series) {
        notes.push_back(told::synonyms_note(series));
        notes.insert(notes.end(), series.notes.begin(), series.notes.end());
    }
    std::erase(notes, "");
    return list_of(notes, [](const std::string& note) { return text_view(sentence(note)); });
}

struct ExampleRow {
    std::string_view first;
    std::string_view second;
    std::string_view about;
};

constexpr std::array k_examples = {
    ExampleRow{"sell personal data", "\"do not sell\"", "who sells, and who speaks of not selling"},
    ExampleRow{"\"personal information\"", "\"personal data\"", "which word is theirs"},
    ExampleRow{"\"legitimate interest*\"", "consent", "the grounds they give"},
    ExampleRow{"cookies", "\"artificial intelligence\" OR \"machine learning\"",
               "an old worry and a new one"},
};

View example_view(const ExampleRow& row) {
    TrendState state;
    View queries = list_view();
    for (const std::string_view query : {row.first, row.second}) {
        queries.push_back(make_view({{"query", query}, {"first", state.queries.empty()}}));
        state.queries.emplace_back(query);
    }
    return make_view(
        {{"url", trend_url(state)}, {"queries", std::move(queries)}, {"about", row.about}});
}

// The form has no field for them; they come with the address.
void add_only(View& view, const TrendState& state) {
    constexpr std::array in_form = {request::Filter::from, request::Filter::to};
    TrendState all = state;
    all.filters = {};
    for (const request::Filter filter : in_form) {
        all.filters[filter] = state.filters[filter];
    }
    const bool has_only = state.filters.count() > all.filters.count();
    const bool only_vendors = state.filters.count() ==
                              all.filters.count() + state.filters[request::Filter::vendor].size();
    view["has_only"] = has_only;
    view["only"] = unseen_filters(state.filters, in_form);
    view["all"] = text_view(only_vendors ? "all vendors" : "all policies");
    view["all_url"] = text_view(trend_url(all));
}

View error_view(const Error& error) {
    return make_view({{"message", sentence(error.message)}, {"hint", hint_view(error.hint)}});
}

}  // namespace

std::string trend_url(const TrendState& state) {
    PageUrl url("/trend");
    return add_filters(url.add_all("q", state.queries), state.filters).add("by", state.by).text();
}

std::string trend_page(const TrendPage& page, const Site& site) {
    View view = make_view({{"fields", fields_view(page.state.queries)},
                           {"lengths", lengths_view(page.state.by)},
                           {"from", page.state.filters.first(request::Filter::from)},
                           {"to", page.state.filters.first(request::Filter::to)},
                           {"error", page.error != nullptr ? error_view(*page.error) : View(false)},
                           {"has_trend", page.trend != nullptr},
                           {"start", page.trend == nullptr && page.error == nullptr},
                           {"examples", list_of(k_examples, example_view)}});
    add_only(view, page.state);
    if (page.trend != nullptr) {
        const over_time::Trend& trend = *page.trend;
        fill(view, {{"chart", trend_chart(trend)},
                    {"series", series_view(trend, page.state)},
                    {"rows", rows_view(trend)},
                    {"observed", told::counted(trend.vendors, "vendor")},
                    {"in_force", told::k_in_force},
                    {"notes", notes_view(trend)}});
    }
    return make_page(site, "trend", view, {.title = "Trends – Smallprint", .section = "trend"});
}

}  // namespace smallprint::html

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
#include "searcher/told/facts.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace smallprint {
namespace {

constexpr std::size_t k_least_fields = 2;
constexpr std::size_t k_colours = 6;

struct LengthRow {
    PeriodLength length;
    std::string_view label;
};

constexpr std::array k_lengths = {
    LengthRow{PeriodLength::year, "years"},
    LengthRow{PeriodLength::half_year, "half-years"},
    LengthRow{PeriodLength::quarter, "quarters"},
    LengthRow{PeriodLength::month, "months"},
};

// A field for each query, and an empty one for another.
View fields_view(const std::vector<std::string>& queries) {
    View list = list_view();
    const std::size_t count = std::max(k_least_fields, queries.size() + 1);
    for (std::size_t i = 0; i < count && i < k_most_trend_queries; ++i) {
        View field;
        field["number"] = text_view(std::to_string(i + 1));
        field["colour"] = text_view(std::to_string(i % k_colours));
        field["value"] = text_view(i < queries.size() ? queries[i] : "");
        field["hint"] = text_view(i == 0 ? "sell personal data" : "another, to compare");
        list.push_back(field);
    }
    return list;
}

View lengths_view(const std::string& by) {
    View list = list_view();
    for (const LengthRow& row : k_lengths) {
        View item;
        item["value"] = text_view(name_of(row.length));
        item["label"] = text_view(row.label);
        item["chosen"] =
            by.empty() ? row.length == PeriodLength::half_year : by == name_of(row.length);
        list.push_back(item);
    }
    return list;
}

View series_view(const Trend& trend, const TrendState& state) {
    View list = list_view();
    for (std::size_t i = 0; i < trend.series.size(); ++i) {
        SearchState search;
        search.q = trend.series[i].query;
        search.filters = state.filters;
        View item;
        item["colour"] = text_view(std::to_string(i % k_colours));
        item["query"] = text_view(trend.series[i].query);
        item["vendors"] = text_view(thousands(trend.series[i].vendors));
        item["clauses"] = text_view(counted(trend.series[i].clauses, "clause"));
        item["url"] = text_view(search_url(search));
        list.push_back(item);
    }
    return list;
}

View cells_view(const Trend& trend, std::size_t period) {
    View list = list_view();
    const auto observed = static_cast<double>(trend.periods[period].observed);
    for (const TrendSeries& series : trend.series) {
        View cell;
        const auto matching = static_cast<double>(series.matching[period]);
        cell["count"] = text_view(thousands(series.matching[period]));
        cell["share"] = observed > 0 ? text_view(fmt::format("{:.0f}%", 100 * matching / observed))
                                     : View(false);
        list.push_back(cell);
    }
    return list;
}

View rows_view(const Trend& trend) {
    View list = list_view();
    for (std::size_t i = 0; i < trend.periods.size(); ++i) {
        View row;
        row["period"] = text_view(trend.periods[i].period.name());
        row["observed"] = text_view(thousands(trend.periods[i].observed));
        row["cells"] = cells_view(trend, i);
        list.push_back(row);
    }
    return list;
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

View examples_view() {
    View list = list_view();
    for (const ExampleRow& row : k_examples) {
        TrendState state;
        View queries = list_view();
        for (const std::string_view query : {row.first, row.second}) {
            View item;
            item["query"] = text_view(query);
            item["first"] = state.queries.empty();
            queries.push_back(item);
            state.queries.emplace_back(query);
        }
        View example;
        example["url"] = text_view(trend_url(state));
        example["queries"] = std::move(queries);
        example["about"] = text_view(row.about);
        list.push_back(example);
    }
    return list;
}

// The form has no field for them; they come with the address.
void add_only(View& view, const TrendState& state) {
    constexpr std::array in_form = {Filter::from, Filter::to};
    TrendState all = state;
    all.filters = {};
    for (const Filter filter : in_form) {
        all.filters[filter] = state.filters[filter];
    }
    const bool has_only = state.filters.count() > all.filters.count();
    const bool only_vendors =
        state.filters.count() == all.filters.count() + state.filters[Filter::vendor].size();
    view["has_only"] = has_only;
    view["only"] = unseen_filters(state.filters, in_form);
    view["all"] = text_view(only_vendors ? "all vendors" : "all policies");
    view["all_url"] = text_view(trend_url(all));
}

View error_view(const Error& error) {
    View view;
    view["message"] = text_view(sentence(error.message));
    view["hint"] = hint_view(error.hint);
    return view;
}

}  // namespace

std::string trend_url(const TrendState& state) {
    PageUrl url("/trend");
    return add_filters(url.add_all("q", state.queries), state.filters).add("by", state.by).text();
}

std::string trend_page(const TrendPage& page, const Site& site) {
    View view;
    view["fields"] = fields_view(page.state.queries);
    view["lengths"] = lengths_view(page.state.by);
    view["from"] = text_view(page.state.filters.first(Filter::from));
    view["to"] = text_view(page.state.filters.first(Filter::to));
    view["error"] = page.error != nullptr ? error_view(*page.error) : View(false);
    view["has_trend"] = page.trend != nullptr;
    view["start"] = page.trend == nullptr && page.error == nullptr;
    view["examples"] = examples_view();
    add_only(view, page.state);
    if (page.trend != nullptr) {
        const Trend& trend = *page.trend;
        view["chart"] = html_view(trend_chart(trend));
        view["series"] = series_view(trend, page.state);
        view["rows"] = rows_view(trend);
        view["observed"] = text_view(counted(trend.vendors, "vendor"));
        view["empty"] = trend.periods.empty();
        view["left_out"] =
            trend.left_out == 0 ? View(false) : text_view(counted(trend.left_out, "policy"));
    }
    return framed(site, {.title = "Trends – Smallprint",
                         .section = "trend",
                         .main = rendered(site.files, "trend", view)});
}

}  // namespace smallprint

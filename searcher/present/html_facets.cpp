// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/engine/results.h"
#include "searcher/present/facts.h"
#include "searcher/present/html_search.h"
#include "searcher/present/html_state.h"
#include "searcher/present/html_svg.h"
#include "searcher/present/html_template.h"
#include "searcher/present/html_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace smallprint {
namespace {

constexpr std::size_t k_values_shown = 8;  // of a facet

// The same search with one more filter.
std::string narrowed_url(const SearchState& state, std::vector<std::string> SearchState::* member,
                         const std::string& value) {
    SearchState narrowed = state;
    narrowed.*member = {value};
    narrowed.page = 1;
    return search_url(narrowed);
}

std::string year_url(const SearchState& state, const std::string& year) {
    SearchState narrowed = state;
    narrowed.from = year;
    narrowed.to = year;
    narrowed.page = 1;
    return search_url(narrowed);
}

// One facet, unless there is nothing to choose.
void add_facet(View& list, std::string_view name, const Facet& facet, const SearchState& state,
               std::vector<std::string> SearchState::* member) {
    if (facet.values.size() < 2) {
        return;
    }
    View values = list_view();
    const std::size_t shown = std::min(facet.values.size(), k_values_shown);
    for (std::size_t i = 0; i < shown; ++i) {
        const FacetValue& one = facet.values[i];
        View value;
        value["label"] = text_view(one.value.empty() ? "unknown" : one.value);
        value["url"] =
            one.value.empty() ? View(false) : text_view(narrowed_url(state, member, one.value));
        value["count"] = text_view(thousands(one.clauses));
        values.push_back(value);
    }
    const std::uint64_t others = facet.others + (facet.values.size() - shown);
    View view;
    view["name"] = text_view(name);
    view["values"] = std::move(values);
    view["others"] = others == 0 ? View(false) : text_view(thousands(others));
    list.push_back(view);
}

// The years of the archive with how many clauses stood in each.
std::vector<FacetValue> all_years(const Facet& facet) {
    std::vector<FacetValue> years;
    for (const FacetValue& one : facet.values) {
        if (one.value.empty()) {
            continue;
        }
        while (!years.empty() && std::stoi(years.back().value) + 1 < std::stoi(one.value)) {
            years.push_back({std::to_string(std::stoi(years.back().value) + 1), 0});
        }
        years.push_back(one);
    }
    return years;
}

// A bar for each year, with a slot over its whole height that tells its number; brush.js reads the
// slots.
std::string histogram(const std::vector<FacetValue>& years) {
    constexpr double height = 56;
    constexpr double bottom = 60;
    std::uint64_t most = 1;
    for (const FacetValue& year : years) {
        most = std::max(most, year.clauses);
    }
    const double width = 100.0 / static_cast<double>(years.size());
    std::string out =
        R"(<svg class="histogram" role="img" aria-label="Matching clauses by year; the table below )"
        R"(has the numbers" width="100%" height="78">)";
    const std::size_t step = (years.size() + 13) / 14;
    for (std::size_t i = 0; i < years.size(); ++i) {
        const FacetValue& year = years[i];
        const double begin = width * static_cast<double>(i);
        const double bar = height * static_cast<double>(year.clauses) / static_cast<double>(most);
        fmt::format_to(
            std::back_inserter(out),
            R"(<g class="year-bar"><rect class="slot" x="{0}" width="{1}" height="{2}" )"
            R"(data-from="{3}" data-to="{3}" data-begin="{4:.4g}" data-end="{5:.4g}">)"
            R"(<title>{3}: {6}</title></rect>)"
            R"(<rect class="run" x="{7}" width="{8}" y="{9:.1f}" height="{10:.1f}"/></g>)",
            percent(begin), percent(width), bottom, escaped(year.value), begin, begin + width,
            counted(year.clauses, "clause"), percent(begin + width * 0.08), percent(width * 0.84),
            bottom - std::max(bar, year.clauses > 0 ? 2.0 : 0.0),
            std::max(bar, year.clauses > 0 ? 2.0 : 0.0));
        if (i % step == 0) {
            fmt::format_to(
                std::back_inserter(out), R"(<text class="year mid{}" x="{}" y="75">{}</text>)",
                i / step % 2 == 0 ? "" : " minor", percent(begin + width / 2), escaped(year.value));
        }
    }
    return out + "</svg>";
}

View histogram_view(const Facet& facet, const SearchState& state) {
    const std::vector<FacetValue> years = all_years(facet);
    if (years.size() < 2) {
        return {false};
    }
    View rows = list_view();
    for (const FacetValue& year : years) {
        View row;
        row["year"] = text_view(year.value);
        row["count"] = text_view(thousands(year.clauses));
        row["url"] = text_view(year_url(state, year.value));
        rows.push_back(row);
    }
    View view;
    view["drawing"] = html_view(histogram(years));
    view["years"] = std::move(rows);
    return view;
}

}  // namespace

void add_facets(View& view, const SearchPage& page) {
    const auto& facets = page.results->facets;
    View list = list_view();
    if (facets) {
        add_facet(list, "Vendors", facets->vendor, page.state, &SearchState::vendors);
        add_facet(list, "Documents", facets->type, page.state, &SearchState::types);
        add_facet(list, "Languages", facets->language, page.state, &SearchState::languages);
    }
    view["facets"] = std::move(list);
    view["histogram"] =
        facets && page.results->total > 0 ? histogram_view(facets->year, page.state) : View(false);
    view["estimated"] = facets && !facets->exact;
}

}  // namespace smallprint

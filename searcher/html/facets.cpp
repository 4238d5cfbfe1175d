// SPDX-License-Identifier: GPL-2.0-or-later

#include "common/base/strings.h"
#include "searcher/html/markup.h"
#include "searcher/html/page_template.h"
#include "searcher/html/search.h"
#include "searcher/html/search_state.h"
#include "searcher/html/svg.h"
#include "searcher/request/filters.h"
#include "searcher/search/results.h"
#include "searcher/told/answers.h"
#include "searcher/told/facts.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace smallprint::html {

namespace {

constexpr double k_top = 15;  // room for a number above the highest bar
constexpr double k_bottom = 71;
constexpr double k_least_bar = 2;
constexpr std::size_t k_year_width = 64;  // pixels at most; few years make a narrow drawing
constexpr std::size_t k_widest = 896;
constexpr std::size_t k_most_numbers = 14;

// A year of the archive and how many of the clauses stood in it.
struct Year {
    std::string name;
    std::uint64_t clauses = 0;
    bool outside = false;  // of the span that was asked for
};

// Dates are written from the year down, so that their beginnings compare.
bool is_outside(const std::string& year, const SearchState& state) {
    const std::string from = state.filters.first(request::Filter::from);
    const std::string to = state.filters.first(request::Filter::to);
    return (!from.empty() && year < from.substr(0, year.size())) ||
           (!to.empty() && year > to.substr(0, year.size()));
}

// Without gaps.
std::vector<Year> all_years(const search::Facet& facet, const SearchState& state) {
    std::vector<Year> years;
    const auto add = [&](const std::string& name, std::uint64_t clauses) {
        years.push_back({name, clauses, is_outside(name, state)});
    };
    for (const search::FacetValue& one : facet.values) {
        if (one.value.empty()) {
            continue;
        }
        while (!years.empty() && std::stoi(years.back().name) + 1 < std::stoi(one.value)) {
            add(std::to_string(std::stoi(years.back().name) + 1), 0);
        }
        add(one.value, one.clauses);
    }
    return years;
}

std::string year_url(const SearchState& state, const std::string& year) {
    SearchState narrowed = state;
    narrowed.filters[request::Filter::from] = {year};
    narrowed.filters[request::Filter::to] = {year};
    narrowed.page = 1;
    return search_url(narrowed);
}

// A bar for each year with its number, and a slot over its whole height that brush.js reads.
class Histogram {
public:
    explicit Histogram(const std::vector<Year>& years)
        : m_years(years), m_width(100.0 / static_cast<double>(years.size())) {
        for (const Year& year : years) {
            m_most = std::max(m_most, year.clauses);
        }
    }

    std::string drawn() {
        const std::size_t width = m_years.size() * k_year_width;
        m_out = fmt::format(
            R"(<svg class="histogram" role="img" aria-label="Matching clauses by year; the table )"
            R"(below has the numbers" width="{}" height="90">)",
            width < k_widest ? std::to_string(width) : "100%");
        const std::size_t step = (m_years.size() + k_most_numbers - 1) / k_most_numbers;
        for (std::size_t i = 0; i < m_years.size(); ++i) {
            add_bar(i);
            if (i % step == 0) {
                add_text(i, k_bottom + 15, m_years[i].name, i / step % 2 == 0 ? "" : " minor");
            }
        }
        return m_out + "</svg>";
    }

private:
    void add_bar(std::size_t at) {
        const Year& year = m_years[at];
        const double begin = m_width * static_cast<double>(at);
        const double bar = year.clauses == 0
                               ? 0
                               : std::max((k_bottom - k_top) * static_cast<double>(year.clauses) /
                                              static_cast<double>(m_most),
                                          k_least_bar);
        fmt::format_to(
            std::back_inserter(m_out),
            R"(<g class="year-bar{0}"><rect class="slot" x="{1}" width="{2}" height="{3}" )"
            R"(data-from="{4}" data-to="{4}" data-begin="{5:.4g}" data-end="{6:.4g}">)"
            R"(<title>{4}: {7}</title></rect>)"
            R"(<rect class="run" x="{8}" width="{9}" y="{10:.1f}" height="{11:.1f}"/></g>)",
            year.outside ? " outside" : "", percent(begin), percent(m_width), k_bottom,
            escaped(year.name), begin, begin + m_width, told::counted(year.clauses, "clause"),
            percent(begin + m_width * 0.08), percent(m_width * 0.84), k_bottom - bar, bar);
        if (m_years.size() <= k_most_numbers && year.clauses > 0) {
            add_text(at, k_bottom - bar - 4, told::thousands(year.clauses),
                     m_most >= 1000 && m_years.size() > k_most_numbers / 2 ? " number minor"
                                                                           : " number");
        }
    }

    void add_text(std::size_t at, double y, const std::string& text, const char* style) {
        fmt::format_to(std::back_inserter(m_out),
                       R"(<text class="year mid{}" x="{}" y="{:.1f}">{}</text>)", style,
                       percent(m_width * (static_cast<double>(at) + 0.5)), y, escaped(text));
    }

    const std::vector<Year>& m_years;
    double m_width;  // of a year, of 100
    std::uint64_t m_most = 1;
    std::string m_out;
};

// False where nothing is seen.
View histogram_view(const search::Facet& facet, const SearchState& state) {
    const std::vector<Year> years = all_years(facet, state);
    if (years.size() < 2) {
        return {false};
    }
    return make_view({{"drawing", Histogram(years).drawn()},
                      {"years", list_of(years, [&](const Year& year) {
                           return make_view({{"year", year.name},
                                             {"count", told::thousands(year.clauses)},
                                             {"url", year_url(state, year.name)}});
                       })}});
}

}  // namespace

namespace {

// The number of values that are shown before the rest is folded.
std::size_t shown_values(request::Filter filter) {
    return filter == request::Filter::vendor ? 8 : filter == request::Filter::type ? 6 : 4;
}

std::string label_of(const told::FacetRow& row, const std::string& value) {
    const bool is_language = row.filter == request::Filter::language;
    return value.empty() ? "unknown" : is_language ? told::language_name(value) : value;
}

// The same search with one more filter.
std::string narrowed_url(const SearchState& state, const told::FacetRow& row,
                         const std::string& value) {
    SearchState narrowed = state;
    narrowed.filters[row.filter] = {value};
    narrowed.page = 1;
    return search_url(narrowed);
}

View values_view(std::span<const search::FacetValue> values, const told::FacetRow& row,
                 const SearchState& state) {
    return list_of(values, [&](const search::FacetValue& one) {
        const bool is_known = !one.value.empty();
        return make_view(
            {{"label", label_of(row, one.value)},
             {"url", text_or_false(is_known ? narrowed_url(state, row, one.value) : "")},
             {"count", told::thousands(one.clauses)}});
    });
}

View number_view(std::uint64_t number) {
    return number == 0 ? View(false) : text_view(told::thousands(number));
}

View facet_view(const told::FacetRow& row, const search::Facet& facet, const SearchState& state) {
    const std::span values(facet.values);
    const std::size_t most = shown_values(row.filter);
    // One more is no reason for a fold.
    const std::size_t shown = values.size() <= most + 1 ? values.size() : most;
    const std::size_t rest = values.size() - shown;
    return make_view({{"name", row.name},
                      {"key", lower_ascii(row.name)},
                      {"values", values_view(values.first(shown), row, state)},
                      {"rest", number_view(rest)},
                      {"rest_values", values_view(values.last(rest), row, state)},
                      {"others", number_view(facet.others)}});
}

}  // namespace

void add_facets(View& view, const SearchPage& page) {
    View list = list_view();
    const auto* const facets =
        page.results != nullptr && page.results->facets ? &*page.results->facets : nullptr;
    for (const told::FacetRow& row : told::k_facet_rows) {
        // Nothing is to be chosen where there is one value only.
        if (facets != nullptr && (facets->*row.facet).values.size() > 1) {
            list.push_back(facet_view(row, facets->*row.facet, page.state));
        }
    }
    fill(view, {{"facets", std::move(list)},
                {"approximate", facets != nullptr && !facets->exact},
                {"histogram", facets != nullptr && page.results->total > 0
                                  ? histogram_view(facets->year, page.state)
                                  : View(false)}});
}

}  // namespace smallprint::html

// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/base/strings.h"
#include "searcher/html/page_template.h"
#include "searcher/html/search.h"
#include "searcher/html/search_state.h"
#include "searcher/request/filters.h"
#include "searcher/search/results.h"
#include "searcher/told/answers.h"
#include "searcher/told/facts.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <utility>

namespace smallprint {
namespace {

// How many values of a facet are shown before the rest is folded.
std::size_t shown_values(Filter filter) {
    return filter == Filter::vendor ? 8 : filter == Filter::type ? 6 : 4;
}

std::string label_of(const FacetRow& row, const std::string& value) {
    const bool is_language = row.filter == Filter::language;
    return value.empty() ? "unknown" : is_language ? language_name(value) : value;
}

// The same search with one more filter.
std::string narrowed_url(const SearchState& state, const FacetRow& row, const std::string& value) {
    SearchState narrowed = state;
    narrowed.filters[row.filter] = {value};
    narrowed.page = 1;
    return search_url(narrowed);
}

View values_view(std::span<const FacetValue> values, const FacetRow& row,
                 const SearchState& state) {
    return list_of(values, [&](const FacetValue& one) {
        const bool is_known = !one.value.empty();
        return make_view(
            {{"label", label_of(row, one.value)},
             {"url", text_or_false(is_known ? narrowed_url(state, row, one.value) : "")},
             {"count", thousands(one.clauses)}});
    });
}

View number_view(std::uint64_t number) {
    return number == 0 ? View(false) : text_view(thousands(number));
}

View facet_view(const FacetRow& row, const Facet& facet, const SearchState& state) {
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
    for (const FacetRow& row : k_facet_rows) {
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

}  // namespace smallprint

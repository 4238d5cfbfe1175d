// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/html/page_template.h"
#include "searcher/html/search.h"
#include "searcher/html/search_state.h"
#include "searcher/request/filters.h"
#include "searcher/search/results.h"
#include "searcher/told/facts.h"

#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace smallprint {
namespace {

// What the search may be narrowed to.
struct FacetRow {
    std::string_view name;
    std::string_view key;  // of its fold
    Facet Facets::* facet;
    Filter filter;
    std::size_t shown;  // values that are not folded
};

constexpr std::array k_rows = {
    FacetRow{"Vendors", "vendors", &Facets::vendor, Filter::vendor, 8},
    FacetRow{"Documents", "documents", &Facets::type, Filter::type, 6},
    FacetRow{"Languages", "languages", &Facets::language, Filter::language, 4},
    FacetRow{"Hosts", "hosts", &Facets::host, Filter::host, 4},
};

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
    View list = list_view();
    for (const FacetValue& one : values) {
        View value;
        value["label"] = text_view(label_of(row, one.value));
        value["url"] =
            one.value.empty() ? View(false) : text_view(narrowed_url(state, row, one.value));
        value["count"] = text_view(thousands(one.clauses));
        list.push_back(value);
    }
    return list;
}

View facet_view(const FacetRow& row, const Facet& facet, const SearchState& state) {
    const std::span values(facet.values);
    // One more is no reason for a fold.
    const std::size_t shown = values.size() <= row.shown + 1 ? values.size() : row.shown;
    const std::size_t rest = values.size() - shown;
    View view;
    view["name"] = text_view(row.name);
    view["key"] = text_view(row.key);
    view["values"] = values_view(values.first(shown), row, state);
    view["rest"] = rest == 0 ? View(false) : text_view(thousands(rest));
    view["rest_values"] = values_view(values.last(rest), row, state);
    view["others"] = facet.others == 0 ? View(false) : text_view(thousands(facet.others));
    return view;
}

}  // namespace

void add_facets(View& view, const SearchPage& page) {
    View list = list_view();
    const auto* const facets =
        page.results != nullptr && page.results->facets ? &*page.results->facets : nullptr;
    for (const FacetRow& row : k_rows) {
        // Nothing is to be chosen where there is one value only.
        if (facets != nullptr && (facets->*row.facet).values.size() > 1) {
            list.push_back(facet_view(row, facets->*row.facet, page.state));
        }
    }
    view["facets"] = std::move(list);
    view["approximate"] = facets != nullptr && !facets->exact;
    view["histogram"] = facets != nullptr && page.results->total > 0
                            ? histogram_view(facets->year, page.state)
                            : View(false);
}

}  // namespace smallprint

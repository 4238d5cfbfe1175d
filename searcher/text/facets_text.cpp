// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/text/facets_text.h"

#include "searcher/search/results.h"
#include "searcher/text/bars.h"
#include "searcher/text/page.h"
#include "searcher/text/styled_text.h"
#include "searcher/told/facts.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace smallprint {
namespace {

constexpr std::size_t k_shown_values = 8;
constexpr std::size_t k_label_width = 11;
constexpr std::size_t k_longest_value = 40;

StyledText label(std::string_view text) {
    return {{Style::strong, padded(std::string(text), k_label_width)}};
}

void add_values(Page& page, std::string_view name, const Facet& facet) {
    const std::size_t shown = std::min(facet.values.size(), k_shown_values);
    const std::uint64_t more = facet.values.size() - shown + facet.others;
    std::string text;
    for (std::size_t i = 0; i < shown; ++i) {
        const FacetValue& value = facet.values[i];
        text +=
            fmt::format("{}{} {}", i > 0 ? " · " : "",
                        value.value.empty() ? "unknown" : shortened(value.value, k_longest_value),
                        thousands(value.clauses));
    }
    text += more > 0 ? fmt::format(" · {} more", thousands(more)) : "";
    const bool is_known = shown > 1 || (shown == 1 && !facet.values.front().value.empty());
    if (is_known) {
        const StyledText indent = {{Style::plain, std::string(k_label_width, ' ')}};
        page.add_paragraph({{Style::plain, text}}, {.first_gutter = label(name), .gutter = indent});
    }
}

// The course of the years, and the one with the most clauses.
void add_years(Page& page, const Facet& facet) {
    std::vector<FacetValue> years = facet.values;
    std::uint64_t undated = 0;
    if (!years.empty() && years.back().value.empty()) {
        undated = years.back().clauses;
        years.pop_back();
    }
    StyledText line = label("Years");
    if (!years.empty()) {
        const auto most = std::ranges::max_element(years, {}, &FacetValue::clauses);
        std::string course;
        for (const FacetValue& year : years) {
            course += upright_bar(static_cast<double>(year.clauses) /
                                  static_cast<double>(std::max<std::uint64_t>(1, most->clauses)));
        }
        append(line, Style::plain, years.front().value + " ");
        append(line, Style::mark, course);
        append(line, Style::plain,
               fmt::format(" {}, most in {}: {}", years.back().value, most->value,
                           thousands(most->clauses)));
    }
    if (undated > 0) {
        append(line, Style::plain,
               fmt::format("{}{} without a date", years.empty() ? "" : " · ", thousands(undated)));
    }
    page.add_line(std::move(line));
}

}  // namespace

void add_facets(Page& page, const Facets& facets) {
    page.add_blank();
    add_values(page, "Vendors", facets.vendor);
    add_values(page, "Types", facets.type);
    add_values(page, "Languages", facets.language);
    add_values(page, "Hosts", facets.host);
    add_years(page, facets.year);
    if (!facets.exact) {
        page.add_paragraph({{Style::dim, "These counts are not exact: the query matches too much "
                                         "to look at all of it."}});
    }
}

}  // namespace smallprint

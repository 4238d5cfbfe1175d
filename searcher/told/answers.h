// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "searcher/over_time/trend.h"
#include "searcher/request/filters.h"
#include "searcher/search/results.h"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace smallprint::told {

// Answers of searches and trends in words.

std::string total_in_words(
    const search::SearchResults& results);  // "At least 2,000 clauses", or "Nothing found"

// "Only the first 3 clauses have all the words; the others lack some of them."; empty if the search
// was not widened.
std::string widened_in_words(const search::SearchResults& results);

// "3 titles, menus and footers have all the words: ..."; empty unless no clause has them.
std::string aside_in_words(const search::SearchResults& results);

std::string
passed_over(const search::SearchResults& results);  // the words that are too common: "of, the"

// Says how often a word occurs by itself: "in 20 clauses".
std::string occurrence(const search::WordCount& word);

inline constexpr std::string_view k_did_you_mean = "Did you mean: ";

// Advice for a query that finds nothing.
struct Tip {
    enum class Kind : std::uint8_t { other_word, distance, no_quotes, fewer_words };

    Kind kind = Kind::other_word;
    std::string_view words;
};

std::vector<Tip> query_tips(const search::SearchResults& results);

// The counts beside results, each of which narrows a search by a filter.
struct FacetRow {
    std::string_view name;
    search::Facet search::Facets::* facet;
    request::Filter filter;
};

inline constexpr std::array k_facet_rows = {
    FacetRow{"Vendors", &search::Facets::vendor, request::Filter::vendor},
    FacetRow{"Types", &search::Facets::type, request::Filter::type},
    FacetRow{"Languages", &search::Facets::language, request::Filter::language},
    FacetRow{"Hosts", &search::Facets::host, request::Filter::host},
};

// The part of those observed; 0 where nobody is.
double share_of(std::uint64_t matching, std::uint64_t observed);
std::string share_text(double share);  // "16.1%", "100%"

inline constexpr std::string_view k_nobody_observed = "No vendor is observed";
inline constexpr std::string_view k_why_nobody = ": no snapshot has a date and a known vendor.";

inline constexpr std::string_view k_in_force =
    "A snapshot is in force until the next one of its policy, the last one to the end of its "
    "period. A vendor matches where such a snapshot has a clause that does.";

std::string left_out_note(const over_time::Trend& trend);  // empty if no policy is left out

// "'pii' counts with what means the same: personal data."; empty if there is nothing such.
std::string synonyms_note(const over_time::TrendSeries& series);

}  // namespace smallprint::told

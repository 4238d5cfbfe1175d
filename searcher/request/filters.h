// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/enum_names.h"
#include "common/fields/field_table.h"
#include "common/model/date.h"
#include "searcher/query/ast.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <variant>
#include <vector>

namespace smallprint::request {

// ONE table of all filters. A new filter is a member of Filters, a value of Filter and a row of
// k_filters; options, parameters, pages, JSON, cursors, help and what is told of a search follow
// from the row, and none of the three compiles without the others.

// Filters narrow a search beside its query.
struct Filters {
    std::vector<std::string> vendors;    // any of them; case does not matter
    std::vector<std::string> types;      // any of these types of a policy
    std::vector<std::string> hosts;      // any of these hosts that a policy was read from
    std::vector<std::string> languages;  // a snapshot with the clause is in any of these
    std::string heading;                 // words that must stand in a heading above the clause
    std::optional<Day> from;   // first day of the span that the clause stood in; open where absent
    std::optional<Day> to;     // last day of that span; open where absent
    std::optional<Day> as_of;  // the clause was in force on this day
    std::optional<query::Change>
        changed;  // the clause came or went in the span, rather than stood in it
    std::optional<query::NumberRange> words;  // the clause has so many
};

enum class Filter : std::uint8_t {
    vendor,
    type,
    host,
    language,
    heading,
    from,
    to,
    as_of,
    changed,
    words
};

// The order of the kinds is that in which a sentence names them.
using FilterMember = std::variant<std::vector<std::string> Filters::*,      // any of several values
                                  std::optional<query::Change> Filters::*,  //
                                  std::optional<Day> Filters::*,            //
                                  std::optional<query::NumberRange> Filters::*,  //
                                  std::string Filters::*>;  // words, all of them

// The end of a range of days that a day sets. A date such as 2014 has several days: it sets a
// beginning to the first of them, and all else to the last.
enum class DayEnd : std::uint8_t { first, last, both };

// A trend counts vendors of all times, so that some filters have no place in it.
enum class InTrends : std::uint8_t { no, yes };

// A "{}" in a text stands for the value.
struct FilterRow {
    Filter filter;
    FilterMember member;
    Field field;                   // that says the same in a query
    DayEnd days = DayEnd::both;    // of a member that is a day
    std::string_view option;       // on the command line, without the hyphens
    std::string_view parameter;    // over HTTP, and in the addresses of pages
    std::string_view key;          // in JSON
    std::string_view placeholder;  // of the value, in help
    std::string_view help;
    InTrends in_trends = InTrends::yes;
    std::string_view trend_help = {};  // where the help of a trend differs
    std::string_view told;             // behind what is found
    std::string_view chip;             // on the page, to take the filter away
    std::string_view advice = {};      // for when nothing is found
};

inline constexpr std::array k_filters = {
    FilterRow{.filter = Filter::vendor,
              .member = &Filters::vendors,
              .field = Field::vendor,
              .option = "vendor",
              .parameter = "vendor",
              .key = "vendors",
              .placeholder = "V",
              .help = "only policies of this vendor; repeat it for several",
              .told = "at {}",
              .chip = "{}",
              .advice = "another --vendor, or none; `smallprint info` lists them"},
    FilterRow{.filter = Filter::type,
              .member = &Filters::types,
              .field = Field::type,
              .option = "type",
              .parameter = "type",
              .key = "types",
              .placeholder = "TYPE",
              .help = "only policies of this type; this and the next two can be repeated",
              .told = "in policies of the type {}",
              .chip = "{}",
              .advice = "fewer filters"},
    FilterRow{.filter = Filter::host,
              .member = &Filters::hosts,
              .field = Field::host,
              .option = "host",
              .parameter = "host",
              .key = "hosts",
              .placeholder = "H",
              .help = "only policies read from this host",
              .told = "in policies from the host {}",
              .chip = "host {}",
              .advice = "fewer filters"},
    FilterRow{.filter = Filter::language,
              .member = &Filters::languages,
              .field = Field::language,
              .option = "lang",
              .parameter = "lang",
              .key = "languages",
              .placeholder = "L",
              .help = "only clauses of snapshots in this language, such as en",
              .told = "in the language {}",
              .chip = "language {}",
              .advice = "fewer filters"},
    FilterRow{.filter = Filter::heading,
              .member = &Filters::heading,
              .field = Field::heading,
              .option = "heading",
              .parameter = "heading",
              .key = "heading",
              .placeholder = "WORDS",
              .help = "only clauses under a heading with all of these words",
              .told = "under headings with “{}”",
              .chip = "under headings with {}",
              .advice = "without --heading"},
    FilterRow{.filter = Filter::from,
              .member = &Filters::from,
              .field = Field::date,
              .days = DayEnd::first,
              .option = "from",
              .parameter = "from",
              .key = "from",
              .placeholder = "DATE",
              .help = "only clauses that stood on this date or later",
              .trend_help = "look at days of this date or later",
              .told = "from {}",
              .chip = "from {}",
              .advice = "a wider span of time: --from and --to"},
    FilterRow{.filter = Filter::to,
              .member = &Filters::to,
              .field = Field::date,
              .days = DayEnd::last,
              .option = "to",
              .parameter = "to",
              .key = "to",
              .placeholder = "DATE",
              .help = "only clauses that stood on this date or earlier",
              .trend_help = "look at days of this date or earlier",
              .told = "to {}",
              .chip = "to {}",
              .advice = "a wider span of time: --from and --to"},
    FilterRow{.filter = Filter::as_of,
              .member = &Filters::as_of,
              .field = Field::as_of,
              .option = "as-of",
              .parameter = "as_of",
              .key = "as_of",
              .placeholder = "DATE",
              .help = "only clauses in force on this day: in the newest snapshot up to it",
              .in_trends = InTrends::no,
              .told = "in force on {}",
              .chip = "as of {}",
              .advice = "another day, or without --as-of"},
    FilterRow{.filter = Filter::changed,
              .member = &Filters::changed,
              .field = Field::change,
              .option = "changed",
              .parameter = "changed",
              .key = "changed",
              .placeholder = "HOW",
              .help = "only clauses that were added or removed from --from to --to, or ever",
              .in_trends = InTrends::no,
              .told = "{}",
              .chip = "{}"},
    FilterRow{.filter = Filter::words,
              .member = &Filters::words,
              .field = Field::length,
              .option = "words",
              .parameter = "words",
              .key = "words",
              .placeholder = "RANGE",
              .help = "only clauses of so many words: 35, 20..60, 20.. or ..60",
              .told = "of {} words",
              .chip = "{} words",
              .advice = "a wider range of --words"},
};

constexpr const FilterRow& row_of(Filter filter) {
    return k_filters[static_cast<std::size_t>(filter)];
}

constexpr bool has_several_values(const FilterRow& row) {
    return std::holds_alternative<std::vector<std::string> Filters::*>(row.member);
}

// A filter of words or values, which may be any text.
constexpr bool has_text(const FilterRow& row) {
    return has_several_values(row) || std::holds_alternative<std::string Filters::*>(row.member);
}

namespace detail {

// Names each member, so that one more does not compile here.
inline auto tie_members(const Filters& filters) {
    const auto& [vendors, types, hosts, languages, heading, from, to, as_of, changed, words] =
        filters;
    return std::tie(vendors, types, hosts, languages, heading, from, to, as_of, changed, words);
}

consteval bool filters_are_distinct() {
    for (const FilterRow& row : k_filters) {
        for (const FilterRow& other : k_filters) {
            const bool equal = row.member == other.member || row.option == other.option ||
                               row.parameter == other.parameter || row.key == other.key;
            if (equal != (row.filter == other.filter)) {
                return false;
            }
        }
    }
    return true;
}

}  // namespace detail

static_assert(has_row_for_each(k_filters, &FilterRow::filter));
static_assert(detail::filters_are_distinct());
static_assert(std::tuple_size_v<decltype(detail::tie_members({}))> == k_filters.size());

// Sets a filter, or adds to one that may have several values. Returns a description of what the
// text had to be where it cannot be the value, such as "a date such as 2014"; else nothing. A text
// of blanks is for the caller to refuse.
std::optional<std::string> set_filter(const FilterRow& row, std::string_view text,
                                      Filters& filters);

// The values as set_filter() reads them; none where the filter narrows nothing.
std::vector<std::string> values_of(const FilterRow& row, const Filters& filters);

// A text of a row with the value in place of its "{}".
std::string with_value(std::string_view pattern, std::string_view value);

// True if they narrow nothing.
bool is_empty(const Filters& filters);

// " at brightloaf.example from 2014-03-02 under headings with “cookies”"; empty where nothing is
// narrowed.
std::string filters_in_words(const Filters& filters);

}  // namespace smallprint::request

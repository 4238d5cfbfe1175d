// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/enum_names.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace smallprint {

// ONE table of everything the index can be asked by. Term prefixes follow Xapian's conventions
// (https://xapian.org/docs/omega/termprefixes.html) where they have one: H host, L language,
// S subject, T type, Q unique id; X and a capital for our own.

enum class Field : std::uint8_t {
    text,
    heading,
    vendor,
    type,
    host,
    language,
    id,
    date,
    as_of,
    first_seen,
    last_seen,
    change,
    length,
    scope,
};

enum class FieldType : std::uint8_t {
    words,    // stemmed words of a text
    exact,    // the folded whole value
    days,     // a span of days; decided on the runs, without terms
    day,      // one day; the same
    choice,   // one of a few words; the same
    numbers,  // a range of numbers; decided on the text
};

constexpr bool is_decided_on_text(FieldType type) {
    switch (type) {
    case FieldType::numbers:
        return true;
    case FieldType::words:
    case FieldType::exact:
    case FieldType::days:
    case FieldType::day:
    case FieldType::choice:
        break;
    }
    return false;
}

struct FieldRow {
    Field field;
    std::string_view name;  // in a query, before the colon
    FieldType type;
    std::string_view prefix;  // of terms, where there are any
    std::string_view help;
    std::string_view example;  // a query; empty for `text`, which is asked for without a name
};

inline constexpr std::array k_fields = {
    FieldRow{Field::text, "text", FieldType::words, "", "words of the clause", ""},
    FieldRow{Field::heading, "heading", FieldType::words, "S",
             "words of the headings the clause stands under", "heading:retention delete"},
    FieldRow{Field::vendor, "vendor", FieldType::exact, "XV", "who the policy speaks for",
             "vendor:kaseya.com cookies"},
    FieldRow{Field::type, "type", FieldType::exact, "T", "terms type, such as privacy policy",
             "type:\"privacy policy\" cookies"},
    FieldRow{Field::host, "host", FieldType::exact, "H", "host of a page the policy was read from",
             "host:www.kaseya.com cookies"},
    FieldRow{Field::language, "lang", FieldType::exact, "L",
             "language of a snapshot with the clause, such as en", "lang:en cookies"},
    FieldRow{Field::id, "id", FieldType::exact, "Q", "a clause, or all clauses of a policy",
             "id:0123456789 cookies"},
    FieldRow{Field::date, "date", FieldType::days, "",
             "days on some of which the clause stood, or `unknown`", "date:2014..2018 cookies"},
    FieldRow{Field::as_of, "as-of", FieldType::day, "",
             "a day on which the clause was in force: in the newest snapshot up to it",
             "as-of:2019-01-01 cookies"},
    FieldRow{Field::first_seen, "first-seen", FieldType::days, "", "when the clause was first seen",
             "first-seen:2018-05.. cookies"},
    FieldRow{Field::last_seen, "last-seen", FieldType::days, "", "when the clause was last seen",
             "last-seen:..2016 cookies"},
    FieldRow{Field::change, "change", FieldType::choice, "",
             "`added` or `removed` in the span of `date:`, or ever",
             "change:removed date:2018 cookies"},
    FieldRow{Field::length, "words", FieldType::numbers, "",
             "how many words the clause has: a number or a range of them", "words:..20 cookies"},
    FieldRow{Field::scope, "in", FieldType::choice, "",
             "`boilerplate` looks through titles, navigation and footers, `all` through these and "
             "the clauses; for a whole query",
             "in:boilerplate cookies"},
};

constexpr const FieldRow& row_of(Field field) {
    return k_fields[static_cast<std::size_t>(field)];
}

namespace detail {

constexpr bool has_terms(const FieldRow& row) {
    return row.type == FieldType::words || row.type == FieldType::exact;
}

constexpr bool fields_are_distinct() {
    for (std::size_t i = 0; i < k_fields.size(); ++i) {
        for (std::size_t j = 0; j < i; ++j) {
            const bool both_have_terms = has_terms(k_fields[i]) && has_terms(k_fields[j]);
            if ((both_have_terms && k_fields[i].prefix == k_fields[j].prefix) ||
                k_fields[i].name == k_fields[j].name) {
                return false;
            }
        }
    }
    return true;
}

}  // namespace detail

static_assert(has_row_for_each(k_fields, &FieldRow::field));
static_assert(detail::fields_are_distinct());

// Words of what is no clause have terms of their own, so that they cost clauses no rank: this
// stands before the prefix of text or heading.
inline constexpr std::string_view k_aside_prefix = "XB";

// Xapian refuses a term over 245 bytes, with a NUL counting twice, and then drops every pending
// document; a longer value keeps its start and is told apart by a hash.
inline constexpr std::size_t k_longest_term = 240;

// An exact field's value as its terms hold it: ASCII letters in lower case.
std::string folded_value(std::string_view value);

// The index term of a value: prefix and value, shortened as said above.
std::string make_term(Field field, std::string_view value);

// The same for a prefix that is told.
std::string make_prefixed_term(std::string_view prefix, std::string_view value);

}  // namespace smallprint

// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace smallprint {

// ONE table of everything the index can be asked by. Term prefixes follow Xapian's conventions
// (https://xapian.org/docs/omega/termprefixes.html) where they have one: H host, L language,
// S subject, T type, Q unique id; X and a capital for our own.

enum class Field : std::uint8_t { text, heading, vendor, type, host, language, policy };

enum class FieldType : std::uint8_t {
    words,  // stemmed words of a text
    exact,  // the folded whole value
};

struct FieldRow {
    Field field;
    std::string_view name;
    FieldType type;
    std::string_view prefix;
    std::string_view help;
};

inline constexpr std::array k_fields = {
    FieldRow{Field::text, "text", FieldType::words, "", "words of the clause"},
    FieldRow{Field::heading, "heading", FieldType::words, "S",
             "words of the headings the clause stands under"},
    FieldRow{Field::vendor, "vendor", FieldType::exact, "XV", "who the policy speaks for"},
    FieldRow{Field::type, "type", FieldType::exact, "T", "terms type, such as privacy policy"},
    FieldRow{Field::host, "host", FieldType::exact, "H", "host of a page the policy was read from"},
    FieldRow{Field::language, "lang", FieldType::exact, "L", "language of the policy, such as en"},
    FieldRow{Field::policy, "policy", FieldType::exact, "Q",
             "id of a policy, on its policy document only"},
};

constexpr const FieldRow& row_of(Field field) {
    return k_fields[static_cast<std::size_t>(field)];
}

namespace detail {

constexpr bool fields_are_in_order() {
    for (std::size_t i = 0; i < k_fields.size(); ++i) {
        if (static_cast<std::size_t>(k_fields[i].field) != i) {
            return false;
        }
    }
    return true;
}

constexpr bool fields_are_distinct() {
    for (std::size_t i = 0; i < k_fields.size(); ++i) {
        for (std::size_t j = 0; j < i; ++j) {
            if (k_fields[i].prefix == k_fields[j].prefix || k_fields[i].name == k_fields[j].name) {
                return false;
            }
        }
    }
    return true;
}

}  // namespace detail

static_assert(detail::fields_are_in_order());
static_assert(detail::fields_are_distinct());

// Xapian refuses a term over 245 bytes, with a NUL counting twice, and then drops every pending
// document; a longer value keeps its start and is told apart by a hash.
inline constexpr std::size_t k_longest_term = 240;

// An exact field's value as its terms hold it: ASCII letters in lower case.
std::string folded_value(std::string_view value);

// The index term of a value: prefix and value, shortened as said above.
std::string make_term(Field field, std::string_view value);

}  // namespace smallprint

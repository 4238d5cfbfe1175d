// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/fields/field_table.h"

#include <doctest/doctest.h>

#include <cstddef>
#include <set>
#include <string>

namespace smallprint {

TEST_CASE("a term is the field's prefix and the value") {
    CHECK(make_term(Field::text, "data") == "data");
    CHECK(make_term(Field::heading, "cookie") == "Scookie");
    CHECK(make_term(Field::vendor, "a.example") == "XVa.example");
}

TEST_CASE("values fold the capitals of ASCII and nothing else") {
    CHECK(folded_value("Privacy POLICY Ü") == "privacy policy Ü");
    CHECK(folded_value("") == "");
}

TEST_CASE("terms of long values stay within what Xapian takes and apart from each other") {
    std::set<std::string> terms;
    for (const char last : {'a', 'b'}) {
        for (const std::size_t size : {200U, 237U, 238U, 239U, 240U, 1000U, 100000U}) {
            const std::string term = make_term(Field::vendor, std::string(size, 'x') + last);
            CHECK(term.size() <= k_longest_term);
            CHECK(term.starts_with("XVxxx"));
            CHECK(terms.insert(term).second);
        }
    }
}

TEST_CASE("a NUL does not get into a term, and still tells values apart") {
    const std::string term = make_term(Field::vendor, std::string("a\0b", 3));
    CHECK(term.find('\0') == std::string::npos);
    CHECK(term != make_term(Field::vendor, "a b"));
}

}  // namespace smallprint

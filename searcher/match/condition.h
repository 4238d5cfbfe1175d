// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/enum_names.h"
#include "common/fields/field_table.h"
#include "common/index_format/directory.h"
#include "searcher/match/pattern.h"
#include "searcher/query/ast.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <variant>
#include <vector>

namespace smallprint::match {

// A condition is a part of a query as the index understands it: words analysed, names looked up.
// compile() makes conditions of a query's tree; candidates are found and matches decided by them.

struct Condition;
using Conditions = std::vector<Condition>;

// The part of a clause in which words are looked for; headings are those above the clause.
enum class Place : std::uint8_t { anywhere, text, heading };

constexpr auto enum_names(Place /*value*/) {
    return std::array{EnumName{Place::anywhere, "text or heading"}, EnumName{Place::text, "text"},
                      EnumName{Place::heading, "heading"}};
}

// Decides whether a clause has a pattern of words.
enum class Evidence : std::uint8_t {
    postings,  // the postings of its one stem
    text,      // the text, which has the words in a row or in a certain form
};

struct Words {
    Pattern pattern = {};
    Place place = Place::anywhere;
    Evidence evidence = Evidence::text;
    query::Scope scope = query::Scope::clauses;  // of the whole query
};

// The two parts stand at most `distance` words apart.
struct Near {
    Conditions parts;
    std::uint32_t distance = 0;
    query::NearOrder order = query::NearOrder::either;
};

struct InOneSentence {
    Conditions parts;
};

struct AllOf {
    Conditions parts;
};

struct AnyOf {
    Conditions parts;
};

struct AtLeast {
    Conditions parts;
    std::size_t wanted = 1;  // how many of the parts have to be true; with 0 they only raise ranks
};

// The one part is not true.
struct Not {
    Conditions parts;
};

// The clause is one of these documents.
struct InDocuments {
    std::vector<index_format::DocumentRange> ranges = {};  // sorted, not overlapping
    std::string label = {};  // as a query would say it: "vendor:a.example"
};

// A fact of the clause is as a field of the query says.
struct HasFact {
    Field field = Field::date;
    query::FieldValue value = {};

    friend bool operator==(const HasFact&, const HasFact&) = default;
};

struct Condition {
    std::variant<AllOf, AnyOf, AtLeast, Not, Words, Near, InOneSentence, InDocuments, HasFact>
        test = {};
    double weight = 1;      // in the ranking, relative to the user's own words
    Conditions bonus = {};  // raise the rank of what is found, and decide nothing
    bool may_lack = false;  // a widened search does without some of these parts of the root
    bool generic = false;   // says little of what is asked
};

// Joins functions, one for each kind of condition, to one for std::visit.
template <typename... Functions> struct Overloaded : Functions... {
    using Functions::operator()...;
};

// The conditions that a condition is made of, without its bonus.
inline std::span<Condition> parts_of(Condition& condition) {
    return std::visit(
        [](auto& test) {
            if constexpr (requires { test.parts; }) {
                return std::span<Condition>(test.parts);
            } else {
                return std::span<Condition>();
            }
        },
        condition.test);
}

inline std::span<const Condition> parts_of(const Condition& condition) {
    return std::visit(
        [](const auto& test) {
            if constexpr (requires { test.parts; }) {
                return std::span<const Condition>(test.parts);
            } else {
                return std::span<const Condition>();
            }
        },
        condition.test);
}

}  // namespace smallprint::match

// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/enum_names.h"
#include "common/fields/field_table.h"
#include "common/model/date.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace smallprint::query {

// A query is a tree of values that knows nothing of an index. The grammar is in
// schemas/query-language.md.

enum class NodeKind : std::uint8_t {
    word,        // must occur in the clause or in a heading above it; compounds as well: "opt-out"
    exact_word,  // =word: in this form, unstemmed
    prefix,      // word*
    phrase,      // children (word, exact_word, prefix) one after the other
    near,        // two children at most `distance` words apart
    sentence,    // children that all stand in one sentence
    all,         // every child
    any,         // at least one child
    negation,    // not its one child
    field,       // a fact of the clause or its policy; see `field`
};

constexpr auto enum_names(NodeKind /*value*/) {
    return std::array{
        EnumName{NodeKind::word, "word"},     EnumName{NodeKind::exact_word, "exact_word"},
        EnumName{NodeKind::prefix, "prefix"}, EnumName{NodeKind::phrase, "phrase"},
        EnumName{NodeKind::near, "near"},     EnumName{NodeKind::sentence, "sentence"},
        EnumName{NodeKind::all, "all"},       EnumName{NodeKind::any, "any"},
        EnumName{NodeKind::negation, "not"},  EnumName{NodeKind::field, "field"}};
}

enum class NearOrder : std::uint8_t { either, in_order };

// How the children of `all` were put together. Only a juxtaposition at the root may be widened.
enum class Conjunction : std::uint8_t { written, juxtaposed };

// Days, both ends inside, open where absent.
struct DayRange {
    std::optional<Day> from;
    std::optional<Day> to;

    friend bool operator==(const DayRange&, const DayRange&) = default;
};

enum class Change : std::uint8_t { added, removed };

constexpr auto enum_names(Change /*change*/) {
    return std::array{EnumName{Change::added, "added"}, EnumName{Change::removed, "removed"}};
}

// The passages that a query looks through: clauses, or what a policy has beside them.
enum class Scope : std::uint8_t { clauses, boilerplate, all };

constexpr auto enum_names(Scope /*scope*/) {
    return std::array{EnumName{Scope::clauses, "clauses"},
                      EnumName{Scope::boilerplate, "boilerplate"}, EnumName{Scope::all, "all"}};
}

// Numbers, both ends inside, open where absent.
struct NumberRange {
    std::optional<std::uint32_t> from;
    std::optional<std::uint32_t> to;

    friend bool operator==(const NumberRange&, const NumberRange&) = default;
};

// The value of a field that is a fact of a clause; the type of the field says which member it has.
struct FieldValue {
    DayRange days = {};    // of the type day both ends are the same
    bool unknown = false;  // the day is not known; `days` is not looked at
    Change change = Change::added;
    NumberRange numbers = {};
    Scope scope = Scope::clauses;

    friend bool operator==(const FieldValue&, const FieldValue&) = default;
};

struct Node {
    NodeKind kind = NodeKind::word;
    std::string text = {};  // a word without = and *, or a field's value without quotes
    std::size_t begin = 0;  // byte offsets into the query, with quotes, signs and brackets
    std::size_t end = 0;
    std::vector<Node> children = {};
    Conjunction conjunction = Conjunction::written;
    std::uint32_t distance = 0;
    NearOrder order = NearOrder::either;

    // The rest is for fields. heading: has one child, of words, phrases and their combinations.
    Field field = Field::text;
    FieldValue value = {};

    friend bool operator==(const Node&, const Node&) = default;
};

enum class QuerySyntax : std::uint8_t {
    full,
    plain,  // no operators: quotes and all other signs are text
};

struct Query {
    std::string text;
    QuerySyntax syntax = QuerySyntax::full;  // the rules that it was read by
    std::optional<Node> root =
        {};  // absent where the query is empty, which a filter may make up for
    std::vector<std::string> notes = {};  // tell the user how the text was read
};

}  // namespace smallprint::query

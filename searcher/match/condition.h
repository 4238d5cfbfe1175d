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
#include <string>
#include <vector>

namespace smallprint {

// What a query asks of a clause, with its words analysed and its names looked up: what compile()
// makes of the query's tree. Candidates are found and matches decided by it.

enum class ConditionKind : std::uint8_t {
    word,       // a stem that has postings, which decide
    pattern,    // words one after the other, or certain forms of a word: decided on the text
    near,       // two children at most `distance` words apart
    sentence,   // all children in one sentence
    all,        // every child
    any,        // at least one child
    most,       // all children but `lack`
    negation,   // not its one child
    documents,  // in one of the stretches
    time,
};

// Where words are looked for.
enum class Place : std::uint8_t { anywhere, text, heading };

constexpr auto enum_names(Place /*value*/) {
    return std::array{EnumName{Place::anywhere, "text or heading"}, EnumName{Place::text, "text"},
                      EnumName{Place::heading, "heading"}};
}

// A fact of a clause's runs, which the field names.
struct TimeCondition {
    Field field = Field::date;
    DayRange days = {};
    bool unknown = false;  // the day is not known
    Change change = Change::added;

    friend bool operator==(const TimeCondition&, const TimeCondition&) = default;
};

struct Condition {
    ConditionKind kind = ConditionKind::all;
    std::vector<Condition> children = {};
    Place place = Place::anywhere;
    Pattern pattern = {};  // of a word (with one position) or pattern
    std::uint32_t distance = 0;
    NearOrder order = NearOrder::either;
    std::vector<DocumentRange> ranges = {};  // sorted, not overlapping
    TimeCondition time = {};
    double weight = 1;                  // in the ranking, relative to the user's own words
    std::vector<Condition> bonus = {};  // raise the rank of what is found, and decide nothing
    bool may_lack = false;  // of the root's children: a widened search does without some of these
    bool generic = false;   // says little of what is asked
    std::size_t lack = 1;
    std::string label = {};  // of a field: as the query could say it
};

// The stem of a word.
inline const std::string& stem_of(const Condition& word) {
    return word.pattern.positions().front().front().stem;
}

}  // namespace smallprint

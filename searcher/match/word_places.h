// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "searcher/match/condition.h"
#include "searcher/query/ast.h"

#include <string>
#include <string_view>
#include <vector>

namespace smallprint::match {

// A part of passages whose words have terms of their own: texts or headings, of clauses or of what
// stands aside from them.
struct WordPlace {
    std::string prefix;         // of the terms
    Place place = Place::text;  // or heading

    std::string term(std::string_view stem) const;
};

// The parts in which words are looked for: those of clauses before others, texts before headings.
std::vector<WordPlace> word_places(Place place, query::Scope scope);

}  // namespace smallprint::match

// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/match/word_places.h"

#include "common/fields/field_table.h"
#include "searcher/match/condition.h"
#include "searcher/query/ast.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace smallprint::match {

std::string WordPlace::term(std::string_view stem) const {
    return make_prefixed_term(prefix, stem);
}

std::vector<WordPlace> word_places(Place place, query::Scope scope) {
    std::vector<WordPlace> places;
    for (const auto& [kind, mark] : {std::pair(query::Scope::clauses, std::string_view()),
                                     std::pair(query::Scope::boilerplate, k_aside_prefix)}) {
        if (scope != query::Scope::all && scope != kind) {
            continue;
        }
        for (const auto& [one, field] :
             {std::pair(Place::text, Field::text), std::pair(Place::heading, Field::heading)}) {
            if (place == Place::anywhere || place == one) {
                places.push_back({std::string(mark).append(row_of(field).prefix), one});
            }
        }
    }
    return places;
}

}  // namespace smallprint::match

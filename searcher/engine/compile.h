// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/result.h"
#include "searcher/engine/condition.h"
#include "searcher/engine/engine.h"
#include "searcher/engine/index.h"
#include "searcher/engine/results.h"
#include "searcher/engine/synonyms.h"
#include "searcher/query/ast.h"

#include <optional>
#include <string>
#include <vector>

namespace smallprint {

// A query as the engine works with it: words analysed, names looked up, filters joined to it.
struct CompiledQuery {
    Condition root;                     // kind all
    std::vector<WordCount> words;       // of the query
    std::vector<std::string> synonyms;  // looked for as well
    std::vector<std::string> notes;     // what the user should know of how it was read
};

// ErrorCode::query, with its place, for what cannot be looked for; ErrorCode::not_found for a
// vendor, type, host, language or id that the index does not have.
Result<CompiledQuery> compile(const SearchRequest& request, const SynonymIndex& synonyms,
                              Index& index);

// The same with one of the plain words left out, whichever; nothing where that would leave nothing
// to look for.
std::optional<Condition> widened(const Condition& root);

}  // namespace smallprint

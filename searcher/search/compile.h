// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/error.h"
#include "common/base/result.h"
#include "searcher/index/index.h"
#include "searcher/match/condition.h"
#include "searcher/query/ast.h"
#include "searcher/request/requests.h"
#include "searcher/search/results.h"
#include "searcher/search/synonyms.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace smallprint::search {

// When clauses that lack some of the plain words are results as well.
enum class Widening : std::uint8_t {
    when_few,  // those that have most of the words, where fewer than a page have all
    always,    // those that have any of them, or of what goes together with them
};

// A query as the engine works with it: words analysed, names looked up, filters joined to it.
struct CompiledQuery {
    match::Condition root;              // a conjunction, AllOf
    std::vector<WordCount> words;       // the words of the query
    std::vector<std::string> synonyms;  // looked for as well
    std::vector<std::string> notes;     // tell the user how the query was read
    std::optional<Error> too_common;    // said if nothing of the query tells where to look
    Widening widening = Widening::when_few;
    query::Scope scope = query::Scope::clauses;
};

// ErrorCode::query, with its place, for what cannot be looked for; ErrorCode::not_found for a
// vendor, type, host, language or id that the index does not have.
Result<CompiledQuery> compile(const request::SearchRequest& request, const SynonymIndex& synonyms,
                              index::Index& index);

// The root without some of the plain words, whichever; nothing where that would leave nothing to
// look for.
std::optional<match::Condition> widen(const CompiledQuery& compiled);

}  // namespace smallprint::search

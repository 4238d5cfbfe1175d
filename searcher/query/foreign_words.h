// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/result.h"
#include "searcher/query/lexer.h"
#include "searcher/query/source.h"
#include "searcher/query/terms.h"

#include <vector>

namespace smallprint::query {

// Words that are operators in other search engines, told by what stands around them: Westlaw,
// Lexis, dtSearch, Lucene, Google. "advertis!" becomes advertis* where the ! ends no sentence, with
// a note; "w5", "XOR" or "[a TO b]" are refused with what to write instead. What is decided here
// does not change when brackets are left out or AND is written between the words, so that the query
// in one form (describe.h) means the same.
Result<void> settle_foreign_words(QuerySource& source, TermReader& terms,
                                  std::vector<QueryToken>& tokens);

}  // namespace smallprint::query

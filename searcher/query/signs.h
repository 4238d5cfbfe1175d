// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/result.h"
#include "searcher/query/ast.h"
#include "searcher/query/source.h"
#include "searcher/query/terms.h"

namespace smallprint::query {

// Refuses the signs that mean something in other search engines and would be passed over here:
// "-sell", "sell|rent", "qu?ck", "fox^2", "%". `is_behind_word` says that something to look for
// stands before the run and is no number, so that a lone % is no percentage.
Result<void> refuse_signs(QuerySource& source, TermReader& terms, SourceSpan run,
                          bool is_behind_word);

// The mistake of a ~ or ^ right behind quotes or brackets, "quick fox"~3. `before` is what the
// quotes or brackets end, and `run` begins with the sign.
Failure refuse_tail(QuerySource& source, SourceSpan before, const Node& node, SourceSpan run);

}  // namespace smallprint::query

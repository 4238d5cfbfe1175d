// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/result.h"
#include "searcher/query/lexer.h"
#include "searcher/query/source.h"

#include <cstddef>
#include <optional>
#include <vector>

namespace smallprint::query {

// Forms of other search engines that are told by their signs, refused with what to write instead.

// The word, phrase, field or brackets that end where token `at` begins; nothing where it follows
// none.
std::optional<SourceSpan> find_operand_before(const std::vector<QueryToken>& tokens,
                                              std::size_t at);

// Refuses what begins at byte `at`, behind `tokens`: "(3n)" of Dialog, "<near/3>" of Verity,
// "word.ti." of Ovid, "word[ti]" of PubMed, "/N3/" of Factiva, regular expressions, and a sign
// between the name of a field and its value, "vendor = a.example".
Result<void> refuse_form(QuerySource& source, const std::vector<QueryToken>& tokens,
                         std::size_t at);

// Refuses "A NOT w/5 B" of Lexis and dtSearch; the nearness stands at `i`.
Result<void> refuse_not_near(QuerySource& source, const std::vector<QueryToken>& tokens,
                             std::size_t i);

// Refuses the word at `i` that is a function elsewhere: "ti(privacy)" of Westlaw,
// "atleast5(cookies)" of Lexis, "xfirstword" of dtSearch.
Result<void> refuse_function(QuerySource& source, const std::vector<QueryToken>& tokens,
                             std::size_t i);

}  // namespace smallprint::query

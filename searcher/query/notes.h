// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "searcher/query/lexer.h"
#include "searcher/query/source.h"

#include <vector>

namespace smallprint::query {

// Notes on words and signs that are read as text here and mean something in other search engines.

// Signs inside of quotes are text, also those that mean something elsewhere.
void note_phrase(QuerySource& source, const QueryToken& token);

// Notes that and, or and not in lower case are words. Not for questions, whose words they are.
void note_small_operators(QuerySource& source, const std::vector<QueryToken>& tokens);

}  // namespace smallprint::query

// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "searcher/search/results.h"

#include <string>
#include <string_view>

namespace smallprint {

// The hits of one query as lines of a TREC run: `qid Q0 id rank score smallprint`. Tools read the
// order from the scores, so each is at least a millionth below the one before.
std::string trec_lines(const SearchResults& results, std::string_view query_id);

// Whether an id can stand in such a line, whose columns are parted by blanks.
bool is_trec_id(std::string_view query_id);

}  // namespace smallprint

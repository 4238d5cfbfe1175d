// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/result.h"
#include "common/index_format/generation.h"
#include "searcher/request/requests.h"
#include "searcher/search/synonyms.h"

#include <cstddef>
#include <string>

namespace smallprint::search {

// Where the next page of an answer begins, as a text that means nothing to others: which generation
// was asked, what, and how many results came before. The order of results is the same every time,
// so that pages neither overlap nor leave anything out as long as the generation is the same.
//
//   cursor = "1." generation:hex16 "." request:hex16 "." results:decimal

std::string cursor_of(const index_format::Generation& generation,
                      const request::SearchRequest& request, const SynonymIndex& synonyms,
                      std::size_t results);

// How many results come before the page that is asked for: by the request's cursor, where it has
// one, else by its offset. ErrorCode::usage for what is no cursor, or one of another index or
// query.
Result<std::size_t> first_result(const index_format::Generation& generation,
                                 const request::SearchRequest& request,
                                 const SynonymIndex& synonyms);

}  // namespace smallprint::search

// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/result.h"
#include "searcher/index/index.h"
#include "searcher/query/ast.h"
#include "searcher/search/results.h"

#include <optional>
#include <string>
#include <vector>

namespace smallprint::search {

// The query as it was probably meant: each of `words` that the index has nowhere is replaced by the
// word of the index that it is most likely a slip of. Nothing where there is none.
Result<std::optional<std::string>> correct_spelling(const query::Query& query,
                                                    const std::vector<WordCount>& words,
                                                    index::Index& index);

}  // namespace smallprint::search

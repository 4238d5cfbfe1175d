// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/result.h"
#include "searcher/query/ast.h"

#include <cstddef>
#include <string_view>

namespace smallprint {

// What a query may cost at most, checked before any work is done for it.
inline constexpr std::size_t k_longest_query = 1024;  // bytes
inline constexpr std::size_t k_most_parts = 32;

enum class QuerySyntax {
    full,
    plain,  // no operators: quotes and all other signs are text
};

// Reads a query: words, and "phrases in quotes" (typographic quotes as well). Invalid UTF-8 reads
// as U+FFFD. A mistake is ErrorCode::query with the byte it was found at.
Result<Query> parse_query(std::string_view text, QuerySyntax syntax = QuerySyntax::full);

}  // namespace smallprint

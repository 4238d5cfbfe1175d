// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/result.h"
#include "common/fields/field_table.h"
#include "searcher/query/ast.h"
#include "searcher/query/proximity.h"
#include "searcher/query/source.h"

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <vector>

namespace smallprint::query {

enum class QueryTokenKind : std::uint8_t {
    term,       // a word, =word, word* or a phrase: see `node`
    open,       // (
    close,      // )
    and_word,   // AND
    or_word,    // OR
    not_word,   // NOT
    proximity,  // w/n, pre/n, /s: see `proximity`
    field,      // `name:`, with its value right behind it
    value,      // the whole value of a field, without its quotes
};

struct QueryToken {
    QueryTokenKind kind = QueryTokenKind::term;
    SourceSpan place;
    std::string_view text = {};  // without quotes
    Node node = {};
    Proximity proximity = {};
    Field field = Field::text;
};

// True of a word without a sign to it; not of a phrase, a beginning or an exact word.
inline bool is_plain_word(const QueryToken& token) {
    return token.kind == QueryTokenKind::term && token.node.kind == NodeKind::word;
}

// True if the word is in a table of words.
template <typename Words> bool is_one(std::string_view word, const Words& words) {
    return std::ranges::find(words, word) != words.end();
}

// The words and signs of a query in order. What has neither letter nor digit nor a meaning, such
// as a dash, is passed over.
Result<std::vector<QueryToken>> tokenize_query(QuerySource& source);

}  // namespace smallprint::query

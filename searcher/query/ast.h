// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace smallprint {

// What a query says, before anything is known of an index.

enum class PartKind {
    word,    // must occur in the clause or in a heading above it
    phrase,  // must occur in the clause, word after word
};

struct QueryPart {
    PartKind kind = PartKind::word;
    std::string text;       // without quotes
    std::size_t begin = 0;  // byte offsets into the query, quotes included
    std::size_t end = 0;

    friend bool operator==(const QueryPart&, const QueryPart&) = default;
};

struct Query {
    std::string text;
    std::vector<QueryPart> parts;  // all are required
};

}  // namespace smallprint

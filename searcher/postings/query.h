// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/index_format/directory.h"

#include <string>
#include <variant>
#include <vector>

namespace smallprint::postings {

// A query to the postings: which documents have certain terms, and how they rank. Each test below
// is true of some documents and gives each of them a score, 0 where nothing else is said.

struct Query;
using Queries = std::vector<Query>;

// BM25 of the term.
struct Term {
    std::string name;
};

// Any of these terms, which score as one whose counts are those of all.
struct OneWord {
    std::vector<std::string> names;  // distinct
};

struct Documents {
    std::vector<index_format::DocumentRange> ranges;  // sorted, not overlapping
};

struct Everything {};

// The sum of the parts' scores.
struct AllOf {
    Queries parts;
};

// The sum of the scores of the parts that are true.
struct AnyOf {
    Queries parts;
};

// What the first part is true of and the second one is not; the score of the first.
struct Without {
    Queries parts;
};

// What the first part is true of; the second one adds its score where it is true.
struct RaisedBy {
    Queries parts;
};

// What both parts are true of; the score of the first.
struct Among {
    Queries parts;
};

struct Query {
    std::variant<Term, OneWord, Documents, Everything, AllOf, AnyOf, Without, RaisedBy, Among> test;
    double weight = 1;  // by which the score is multiplied
};

// For people who ask how a query was understood: "0.6 * (Sgovern AND Slaw) OR govern".
std::string describe(const Query& query);

}  // namespace smallprint::postings

// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/index_format/directory.h"
#include "searcher/match/condition.h"
#include "searcher/postings/postings.h"
#include "searcher/postings/query.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace smallprint::search {

// Candidates are documents among which are all that a condition is true of, as a query to the
// postings. Stop words have no postings, and neither word order nor dates are in them; so the
// matcher has to decide each candidate unless `exact` says that the postings have.
struct Candidates {
    std::optional<postings::Query> query = {};     // absent: any document may be a candidate
    std::optional<postings::Query> excluded = {};  // documents that are none; not a query by itself
    std::optional<postings::Query> bonus = {};     // raises the weight of candidates that match it
    bool exact = false;                            // the candidates are the matches
    bool in_scope = false;                         // all are; else there may be anything
    std::uint64_t most = 0;                        // an upper bound of their number
};

// Xapian's exceptions pass through.
Candidates build_candidates(const match::Condition& condition, const postings::Postings& postings);

// The candidates' `query` without `excluded` and with `bonus`.
postings::Query join_query(const Candidates& candidates);

// The number of documents in the ranges.
std::uint64_t count_documents(const std::vector<index_format::DocumentRange>& ranges);

}  // namespace smallprint::search

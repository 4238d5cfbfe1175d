// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "searcher/match/condition.h"

#include <xapian.h>

#include <cstdint>
#include <optional>

namespace smallprint {

// What Xapian is asked for a condition: documents among which are all that it is true of. Stop
// words have no postings, and order and dates are not in them; what is left to decide is said by
// `exact`.
struct Candidates {
    std::optional<Xapian::Query> query = {};  // absent: any document may be one
    // Documents that are none; Xapian cannot ask for the others by themselves.
    std::optional<Xapian::Query> excluded = {};
    std::optional<Xapian::Query> bonus = {};  // not asked for, but weighed where it is there
    bool exact = false;                       // they are all matches
    bool clauses = false;                     // all are clauses; else there may be anything
    std::uint64_t most = 0;                   // at most so many
};

// Xapian's exceptions pass through.
Candidates build_candidates(const Condition& condition, const Xapian::Database& postings);

// The query to give to Xapian: candidates' `query` without `excluded` and with `bonus`.
Xapian::Query query_of(const Candidates& candidates);

}  // namespace smallprint

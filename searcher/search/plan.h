// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/result.h"
#include "searcher/index/index.h"
#include "searcher/match/condition.h"
#include "searcher/search/compile.h"
#include "searcher/search/verdicts.h"

#include <xapian.h>

#include <cstdint>

namespace smallprint {

// A condition divided between Xapian and the matcher.
struct Plan {
    Condition condition;
    Xapian::Query query;         // what to ask for candidates
    Condition left;              // kind all: what is then to be decided of each
    bool clauses = false;        // all candidates are clauses; else that is to be decided as well
    bool reads_text = false;     // to decide it,
    bool reads_records = false;  // or at least where the clause stood
    std::uint64_t most = 0;      // candidates at most
    MatchCache verdicts;         // of the candidates whose records were read
};

// ErrorCode::query for a condition that every text of the index would have to be read for.
Result<Plan> make_plan(Condition condition, const Index& index);

// The same for a whole query, with the place of what is to blame.
Result<Plan> make_plan(const CompiledQuery& compiled, const Index& index);

}  // namespace smallprint

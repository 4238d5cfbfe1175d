// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/error.h"
#include "common/base/result.h"
#include "common/index_format/directory.h"
#include "searcher/index/index.h"
#include "searcher/match/matcher.h"
#include "searcher/request/deadline.h"
#include "searcher/request/requests.h"
#include "searcher/search/plan.h"

#include <xapian.h>

#include <cstdint>
#include <functional>
#include <optional>
#include <unordered_set>

namespace smallprint {

// Says of each candidate of a plan whether it is a match, and counts. Lives for one pass of
// Xapian's matcher.
class Decider : public Xapian::MatchDecider {
public:
    // Looks for the decisions of passes before in the plan and keeps its own there. `deadline` is
    // that of the whole request. `plan` and `index` must outlive it.
    Decider(Plan& plan, Copies copies, Index& index, const Deadline& deadline);

    bool operator()(const Xapian::Document& document) const override;

    // Matches so far; copies of a text count once if they are to be collapsed.
    std::uint64_t matches() const { return m_matches; }

    // The same with all copies.
    std::uint64_t accepted() const { return m_accepted; }

    // Set if a decision was impossible: for a damaged record, or after the time a query may take.
    const std::optional<Error>& error() const { return m_error; }

private:
    Result<bool> decide(DocumentId document) const;
    Result<bool> holds(DocumentId document) const;
    Result<bool> is_clause(DocumentId document) const;

    Plan& m_plan;
    Copies m_copies;
    Index& m_index;
    Deadline m_deadline;
    // Xapian calls a const object.
    mutable Matcher m_matcher;
    mutable std::uint64_t m_matches = 0;
    mutable std::uint64_t m_accepted = 0;
    mutable std::uint64_t m_seen = 0;
    mutable std::unordered_set<std::uint32_t> m_texts;  // by number of copies
    mutable std::optional<Error> m_error;
};

using MatchVisitor = std::function<Result<void>(DocumentId)>;

// Calls `visit` with every match of a plan, in the order of the index. The first error, of `visit`
// or the decider, ends it and is returned. `visit` may read records.
Result<void> visit_matches(const Plan& plan, const Decider& decider, const Index& index,
                           const MatchVisitor& visit);

}  // namespace smallprint

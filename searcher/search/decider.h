// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/result.h"
#include "common/index_format/directory.h"
#include "searcher/index/index.h"
#include "searcher/match/matcher.h"
#include "searcher/postings/window_search.h"
#include "searcher/request/deadline.h"
#include "searcher/request/requests.h"
#include "searcher/search/plan.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <unordered_set>

namespace smallprint::search {

// Says of each candidate of a plan whether it is a match, and counts. Lives for one pass over them,
// in the order of the index.
class Decider {
public:
    // Looks for the decisions of passes before in the plan and keeps its own there. `deadline` is
    // that of the whole request. `plan` and `index` must outlive it.
    Decider(Plan& plan, request::Copies copies, index::Index& index,
            const request::Deadline& deadline);

    // Xapian's exceptions pass through. Fails for a damaged record, and with ErrorCode::limit after
    // the time that a query may take.
    Result<bool> accept(index_format::DocumentId document);

    // True if every candidate is a match, so that counting them costs next to nothing.
    bool accepts_all() const;

    // Matches so far; copies of a text count once if they are to be collapsed.
    std::uint64_t matches() const { return m_matches; }

    // The same with all copies.
    std::uint64_t accepted() const { return m_accepted; }

private:
    Result<bool> decide(index_format::DocumentId document);
    Result<bool> holds(index_format::DocumentId document);
    Result<bool> is_in_scope(index_format::DocumentId document);

    Plan& m_plan;
    request::Copies m_copies;
    index::Index& m_index;
    request::Deadline m_deadline;
    match::Matcher m_matcher;
    std::uint64_t m_matches = 0;
    std::uint64_t m_accepted = 0;
    std::uint64_t m_seen = 0;
    std::unordered_set<std::uint32_t> m_texts;  // by number of copies
};

using CandidateVisitor = std::function<Result<void>(index_format::DocumentId, double score)>;

// Calls `visit` with every candidate of a plan, in the order of the index, and with its score if
// there is a ranking. The first error ends it and is returned.
Result<void> visit_candidates(const Plan& plan, const std::optional<postings::Bm25>& ranking,
                              const index::Index& index, const CandidateVisitor& visit);

using MatchVisitor = std::function<Result<void>(index_format::DocumentId)>;

// Calls `visit` with every match of a plan, in the order of the index. The first error, of `visit`
// or the decider, ends it and is returned. `visit` may read records.
Result<void> visit_matches(const Plan& plan, Decider& decider, const index::Index& index,
                           const MatchVisitor& visit);

}  // namespace smallprint::search

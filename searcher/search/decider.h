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

namespace smallprint::search {

// Says of each candidate of a plan whether it is a match, and counts. Lives for one pass of
// Xapian's matcher.
class Decider : public Xapian::MatchDecider {
public:
    // Looks for the decisions of passes before in the plan and keeps its own there. `deadline` is
    // that of the whole request. `plan` and `index` must outlive it.
    Decider(Plan& plan, request::Copies copies, index::Index& index,
            const request::Deadline& deadline);

    bool operator()(const Xapian::Document& document) const override;

    // Matches so far; copies of a text count once if they are to be collapsed.
    std::uint64_t matches() const { return m_matches; }

    // The same with all copies.
    std::uint64_t accepted() const { return m_accepted; }

    // Set if a decision was impossible: for a damaged record, or after the time a query may take.
    const std::optional<Error>& error() const { return m_error; }

private:
    Result<bool> decide(index_format::DocumentId document) const;
    Result<bool> holds(index_format::DocumentId document) const;
    Result<bool> is_in_scope(index_format::DocumentId document) const;

    Plan& m_plan;
    request::Copies m_copies;
    index::Index& m_index;
    request::Deadline m_deadline;
    // Xapian calls a const object.
    mutable match::Matcher m_matcher;
    mutable std::uint64_t m_matches = 0;
    mutable std::uint64_t m_accepted = 0;
    mutable std::uint64_t m_seen = 0;
    mutable std::unordered_set<std::uint32_t> m_texts;  // by number of copies
    mutable std::optional<Error> m_error;
};

using MatchVisitor = std::function<Result<void>(index_format::DocumentId)>;

// Calls `visit` with every match of a plan, in the order of the index. The first error, of `visit`
// or the decider, ends it and is returned. `visit` may read records.
Result<void> visit_matches(const Plan& plan, const Decider& decider, const index::Index& index,
                           const MatchVisitor& visit);

}  // namespace smallprint::search

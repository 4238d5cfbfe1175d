// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/error.h"
#include "common/index_format/directory.h"
#include "searcher/engine/candidates.h"
#include "searcher/engine/engine.h"
#include "searcher/engine/index.h"
#include "searcher/engine/prefilter.h"

#include <xapian.h>

#include <chrono>
#include <cstdint>
#include <optional>
#include <unordered_set>
#include <vector>

namespace smallprint {

// Says of each candidate whether it is a match, and counts. Lives for one pass of Xapian's matcher.
class Decider : public Xapian::MatchDecider {
public:
    // `deadline` is that of the whole request, which may take several passes.
    Decider(const QueryPlan& plan, const SearchRequest& request, Index& index,
            std::chrono::steady_clock::time_point deadline);

    bool operator()(const Xapian::Document& document) const override;

    // Matches so far; copies of a text count once if they are to be collapsed.
    std::uint64_t matches() const { return m_matches; }

    // The same with all copies.
    std::uint64_t accepted() const { return m_accepted; }

    // What made a decision impossible: a damaged record, or the time a query may take.
    const std::optional<Error>& error() const { return m_error; }

private:
    bool decide(DocumentId document) const;
    bool in_dates(DocumentId document) const;
    bool has_phrases(DocumentId document) const;

    const QueryPlan& m_plan;
    const SearchRequest& m_request;
    Index& m_index;
    std::chrono::steady_clock::time_point m_deadline;
    bool m_reads_text;
    // Xapian calls a const object.
    mutable std::vector<Prefilter> m_prefilters;
    mutable std::uint64_t m_matches = 0;
    mutable std::uint64_t m_accepted = 0;
    mutable std::uint64_t m_seen = 0;
    mutable std::unordered_set<std::uint32_t> m_copies;
    mutable std::optional<Error> m_error;
};

}  // namespace smallprint

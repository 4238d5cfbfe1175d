// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/result.h"
#include "common/index_format/directory.h"
#include "searcher/index/index.h"
#include "searcher/request/deadline.h"
#include "searcher/request/requests.h"
#include "searcher/search/copy_groups.h"
#include "searcher/search/plan.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace smallprint::search {

struct Ranked {
    index_format::DocumentId document = 0;
    double score = 0;
};

struct Ranking {
    std::vector<Ranked> results;  // from the first on, as many as wanted if there are
    std::uint64_t total = 0;      // matches; copies of a text count once if they are collapsed
    bool total_is_exact = true;   // else there are at least `total`
};

// Puts the matches of a plan in the order that a request asks for. Equal ones stand in the order of
// the index, so that the order is the same every time, however many are wanted.
class Ranker {
public:
    // All must outlive it. The time that the request may take runs from now on.
    Ranker(const request::SearchRequest& request, const CopyGroups& copies, index::Index& index);

    Result<Ranking> rank(Plan& plan, std::size_t wanted);

    // Keeps the best result of each group of copies and at most per_vendor of a vendor, up to
    // `wanted` results.
    std::vector<Ranked> select(const std::vector<Ranked>& results, std::size_t wanted) const;

private:
    // The best results, all of them if they are fewer than `fetched`.
    Result<Ranking> find_best(Plan& plan, std::size_t fetched);
    Result<Ranking> rank_by_relevance(Plan& plan, std::size_t wanted);
    Result<Ranking> rank_by_day(Plan& plan, std::size_t wanted);

    const request::SearchRequest& m_request;
    const CopyGroups& m_copies;
    index::Index& m_index;
    request::Deadline m_deadline;
};

}  // namespace smallprint::search

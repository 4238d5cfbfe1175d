// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/search/ranker.h"

#include "common/base/result.h"
#include "common/index_format/directory.h"
#include "searcher/index/index.h"
#include "searcher/postings/window_search.h"
#include "searcher/request/requests.h"
#include "searcher/search/copy_groups.h"
#include "searcher/search/decider.h"
#include "searcher/search/plan.h"
#include "searcher/search/ranking.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <tuple>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

namespace smallprint::search {
namespace {

// Totals are exact up to this many candidates, fewer where each has to be read.
constexpr std::uint64_t k_counted = 20000;
constexpr std::uint64_t k_counted_by_reading = 300;

constexpr postings::Bm25 k_ranking = {ranking::k_k1, ranking::k_b, ranking::k_least_length};

// Keeps the best of many results: those with the highest scores, of equal ones the first.
class Best {
public:
    explicit Best(std::size_t most) : m_most(most) {}

    // False if a result that comes behind all those before cannot be among the best.
    bool has_room_for(double score) const {
        return m_results.size() < m_most || score > m_results.front().score;
    }

    void add(Ranked result) {
        if (!has_room_for(result.score)) {
            return;
        }
        if (m_results.size() == m_most) {
            std::ranges::pop_heap(m_results, is_better);
            m_results.pop_back();
        }
        m_results.push_back(result);
        std::ranges::push_heap(m_results, is_better);
    }

    std::vector<Ranked> take() {
        std::ranges::sort(m_results, is_better);
        return std::move(m_results);
    }

private:
    static bool is_better(const Ranked& a, const Ranked& b) {
        return a.score != b.score ? a.score > b.score : a.document < b.document;
    }

    std::size_t m_most;
    std::vector<Ranked> m_results;  // a heap, the worst in front
};

// Smaller is earlier. What has no date comes last.
std::tuple<std::uint32_t, std::uint32_t, index_format::DocumentId>
sort_key(request::Sort sort, const index_format::DocumentFacts& facts,
         index_format::DocumentId document) {
    constexpr std::uint32_t never = UINT16_MAX + 1U;
    if (sort == request::Sort::oldest) {
        return {facts.first_seen == 0 ? never : facts.first_seen,
                facts.last_seen == 0 ? never : facts.last_seen, document};
    }
    return {facts.last_seen == 0 ? never : never - facts.last_seen,
            facts.first_seen == 0 ? never : never - facts.first_seen, document};
}

}  // namespace

Ranker::Ranker(const request::SearchRequest& request, const CopyGroups& copies, index::Index& index)
    : m_request(request), m_copies(copies), m_index(index), m_deadline(request.time_limit) {}

Result<Ranking> Ranker::rank(Plan& plan, std::size_t wanted) {
    return m_request.sort == request::Sort::relevance ? rank_by_relevance(plan, wanted)
                                                      : rank_by_day(plan, wanted);
}

Result<Ranking> Ranker::rank_by_relevance(Plan& plan, std::size_t wanted) {
    // Some are left out afterwards, so more may have to be fetched than shown; a pass costs more
    // than a long list.
    for (std::size_t fetched = 8 * wanted + 100;; fetched *= 4) {
        TRY_ASSIGN(Ranking ranking, find_best(plan, fetched));
        const bool all = ranking.results.size() < fetched;
        ranking.results = select(ranking.results, wanted);
        if (all || ranking.results.size() >= wanted) {
            return ranking;
        }
    }
}

Result<Ranking> Ranker::find_best(Plan& plan, std::size_t fetched) {
    Decider decider(plan, m_request.copies, m_index, m_deadline);
    const std::uint64_t counted = decider.accepts_all() ? UINT64_MAX
                                  : plan.reads_records  ? k_counted_by_reading
                                                        : k_counted;
    Best best(fetched);
    Ranking ranking;
    TRY(visit_candidates(plan, k_ranking, m_index,
                         [&](index_format::DocumentId document, double score) -> Result<void> {
                             if (decider.accepted() >= counted && !best.has_room_for(score)) {
                                 ranking.total_is_exact = false;
                                 return {};
                             }
                             TRY_ASSIGN(const bool accepted, decider.accept(document));
                             if (accepted) {
                                 best.add({document, score});
                             }
                             return {};
                         }));
    ranking.total = decider.matches();
    ranking.results = best.take();
    return ranking;
}

Result<Ranking> Ranker::rank_by_day(Plan& plan, std::size_t wanted) {
    Decider decider(plan, m_request.copies, m_index, m_deadline);
    Ranking ranking;
    TRY(visit_matches(plan, decider, m_index,
                      [&](index_format::DocumentId document) -> Result<void> {
                          ranking.results.push_back({document, 0});
                          return {};
                      }));
    ranking.total = decider.matches();
    std::ranges::sort(ranking.results, {}, [&](const Ranked& ranked) {
        return sort_key(m_request.sort, m_index.directory().facts(ranked.document),
                        ranked.document);
    });
    ranking.results = select(ranking.results, wanted);
    return ranking;
}

std::vector<Ranked> Ranker::select(const std::vector<Ranked>& results, std::size_t wanted) const {
    std::unordered_set<std::uint32_t> texts;
    std::unordered_map<std::uint32_t, std::size_t> of_vendor;
    std::vector<Ranked> kept;
    for (const Ranked& ranked : results) {
        const std::uint32_t copies = m_index.directory().facts(ranked.document).copies;
        const bool collapses = m_request.copies == request::Copies::collapse && copies != 0;
        if (collapses && texts.contains(copies)) {
            continue;
        }
        if (m_request.per_vendor > 0) {
            std::size_t& shown = of_vendor[m_copies.vendor_of(m_index, ranked.document)];
            if (shown == m_request.per_vendor) {
                continue;
            }
            ++shown;
        }
        if (collapses) {
            texts.insert(copies);
        }
        kept.push_back(ranked);
        if (kept.size() == wanted) {
            break;
        }
    }
    return kept;
}

}  // namespace smallprint::search

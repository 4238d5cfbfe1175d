// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/search/decider.h"

#include "common/base/error.h"
#include "common/base/result.h"
#include "common/index_format/directory.h"
#include "common/index_format/xapian_guard.h"
#include "common/model/policy.h"
#include "common/model/section.h"
#include "searcher/index/index.h"
#include "searcher/match/condition.h"
#include "searcher/postings/window.h"
#include "searcher/postings/window_search.h"
#include "searcher/query/ast.h"
#include "searcher/request/deadline.h"
#include "searcher/request/requests.h"
#include "searcher/search/plan.h"

#include <cstdint>
#include <optional>

namespace smallprint::search {
namespace {

constexpr std::uint64_t k_between_clock_readings = 64;

}  // namespace

Decider::Decider(Plan& plan, request::Copies copies, index::Index& index,
                 const request::Deadline& deadline)
    : m_plan(plan), m_copies(copies), m_index(index), m_deadline(deadline),
      m_matcher(plan.left, index) {}

Result<bool> Decider::accept(index_format::DocumentId document) {
    ++m_seen;
    if (m_seen % k_between_clock_readings == 0 && !m_deadline.check()) {
        return fail(ErrorCode::limit, "the query takes too long",
                    "add a rarer word, or a filter such as a vendor");
    }
    TRY_ASSIGN(const bool accepted, decide(document));
    if (!accepted) {
        return false;
    }
    ++m_accepted;
    const std::uint32_t copies = m_index.directory().facts(document).copies;
    const bool repeated =
        m_copies == request::Copies::collapse && copies != 0 && !m_texts.insert(copies).second;
    m_matches += repeated ? 0 : 1;
    return true;
}

bool Decider::accepts_all() const {
    return m_plan.in_scope && match::parts_of(m_plan.left).empty();
}

Result<bool> Decider::decide(index_format::DocumentId document) {
    if (!m_plan.in_scope) {
        TRY_ASSIGN(const bool in_scope, is_in_scope(document));
        if (!in_scope) {
            return false;
        }
    }
    return match::parts_of(m_plan.left).empty() ? Result<bool>(true) : holds(document);
}

Result<bool> Decider::holds(index_format::DocumentId document) {
    if (!m_plan.reads_records) {
        return m_matcher.matches(document);
    }
    if (const std::optional<bool> known = m_plan.cache.find(document)) {
        return *known;
    }
    TRY_ASSIGN(const bool holding, m_matcher.matches(document));
    m_plan.cache.keep(document, holding);
    return holding;
}

// Policies and what stands aside have no words that count; neither have clauses of stop words only.
Result<bool> Decider::is_in_scope(index_format::DocumentId document) {
    if (m_index.is_policy(document)) {
        return false;
    }
    if (m_plan.scope == query::Scope::all) {
        return true;
    }
    bool is_clause = m_index.postings().length(document) > 0;
    if (!is_clause) {
        TRY_ASSIGN(const Passage passage, m_index.passage(document));
        is_clause = !stands_aside(passage.kind);
    }
    return is_clause == (m_plan.scope == query::Scope::clauses);
}

Result<void> visit_candidates(const Plan& plan, const std::optional<postings::Bm25>& ranking,
                              const index::Index& index, const CandidateVisitor& visit) {
    TRY_ASSIGN(Result<void> visited, index_format::guard_xapian([&]() -> Result<void> {
                   postings::WindowSearch search(plan.query, index.postings(), ranking);
                   while (const postings::Window* window = search.next()) {
                       const postings::DocumentSet& matches = window->matches;
                       for (std::uint32_t at = matches.next(0); at < matches.k_size;
                            at = matches.next(at + 1)) {
                           TRY(visit(window->first + at, window->scores[at]));
                       }
                   }
                   return {};
               }));
    return visited;
}

Result<void> visit_matches(const Plan& plan, Decider& decider, const index::Index& index,
                           const MatchVisitor& visit) {
    return visit_candidates(plan, std::nullopt, index,
                            [&](index_format::DocumentId document, double) -> Result<void> {
                                TRY_ASSIGN(const bool accepted, decider.accept(document));
                                return accepted ? visit(document) : Result<void>();
                            });
}

}  // namespace smallprint::search

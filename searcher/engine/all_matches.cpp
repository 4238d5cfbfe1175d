// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/engine/all_matches.h"

#include "common/base/error.h"
#include "common/base/result.h"
#include "common/index_format/directory.h"
#include "common/index_format/xapian_guard.h"
#include "common/model/policy.h"
#include "common/model/section.h"
#include "searcher/engine/candidates.h"
#include "searcher/engine/decider.h"
#include "searcher/engine/engine.h"
#include "searcher/engine/index.h"
#include "searcher/engine/synonyms.h"
#include "searcher/query/ast.h"

#include <xapian.h>

#include <chrono>
#include <optional>

namespace smallprint {
namespace {

// Hands every candidate that is a match to the visitor and keeps none, so that the number of
// matches does not matter. Xapian calls it in the order of document ids.
class Visiting : public Xapian::MatchDecider {
public:
    Visiting(const Decider& decider, Index& index, const MatchVisitor& visit)
        : m_decider(decider), m_index(index), m_visit(visit) {}

    // Candidates are clauses where the query has words; else they may be anything.
    void expect_anything() { m_may_be_anything = true; }

    bool operator()(const Xapian::Document& document) const override {
        if (!m_error && m_decider(document)) {
            if (const Result<void> visited = take(document.get_docid()); !visited) {
                m_error = visited.error();
            }
        }
        return false;
    }

    Result<void> outcome() const {
        const std::optional<Error>& error = m_decider.error() ? m_decider.error() : m_error;
        return error ? fail(*error) : Result<void>();
    }

private:
    Result<void> take(DocumentId document) const {
        if (m_may_be_anything) {
            if (m_index.is_policy(document)) {
                return {};
            }
            TRY_ASSIGN(const Passage passage, m_index.passage(document));
            if (passage.kind != PieceKind::clause) {
                return {};
            }
        }
        return m_visit(document);
    }

    const Decider& m_decider;
    Index& m_index;
    const MatchVisitor& m_visit;
    bool m_may_be_anything = false;
    mutable std::optional<Error> m_error;  // Xapian calls a const object
};

bool is_empty(const Query& query) {
    return query.parts.empty();
}

std::chrono::steady_clock::time_point deadline_of(const SearchRequest& request) {
    return request.time_limit ? std::chrono::steady_clock::now() + *request.time_limit
                              : std::chrono::steady_clock::time_point::max();
}

}  // namespace

Result<void> for_each_match(const SearchRequest& request, const SynonymIndex& synonyms,
                            Index& index, const MatchVisitor& visit) {
    QueryPlan plan;
    Xapian::Query query = Xapian::Query::MatchAll;
    if (!is_empty(request.query)) {
        TRY_ASSIGN(plan, plan_query(request.query, synonyms, index));
        query = candidates(plan, request.demand);
    }
    TRY_ASSIGN(query, filtered(query, request.filters, index));
    const Decider decider(plan, request, index, deadline_of(request));
    Visiting visiting(decider, index, visit);
    if (is_empty(request.query)) {
        visiting.expect_anything();
    }
    TRY(guard_xapian([&] {
        Xapian::Enquire enquire(index.postings());
        enquire.set_weighting_scheme(Xapian::BoolWeight());
        enquire.set_query(query);
        enquire.set_docid_order(Xapian::Enquire::ASCENDING);
        enquire.get_mset(0, 1, 0, nullptr, &visiting);
    }));
    return visiting.outcome();
}

}  // namespace smallprint

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
#include "searcher/query/ast.h"
#include "searcher/request/deadline.h"
#include "searcher/request/requests.h"
#include "searcher/search/plan.h"

#include <xapian.h>

#include <cstdint>
#include <optional>

namespace smallprint::search {
namespace {

constexpr std::uint64_t k_between_clock_readings = 64;

// Hands every candidate that is a match to the visitor and keeps none, so that the number of
// matches does not matter. Xapian calls it in the order of document ids.
class Visiting : public Xapian::MatchDecider {
public:
    Visiting(const Decider& decider, const MatchVisitor& visit)
        : m_decider(decider), m_visit(visit) {}

    bool operator()(const Xapian::Document& document) const override {
        if (!m_error && m_decider(document)) {
            if (const Result<void> visited = m_visit(document.get_docid()); !visited) {
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
    const Decider& m_decider;
    const MatchVisitor& m_visit;
    mutable std::optional<Error> m_error;  // Xapian calls a const object
};

}  // namespace

Decider::Decider(Plan& plan, request::Copies copies, index::Index& index,
                 const request::Deadline& deadline)
    : m_plan(plan), m_copies(copies), m_index(index), m_deadline(deadline),
      m_matcher(plan.left, index) {}

bool Decider::operator()(const Xapian::Document& document) const {
    ++m_seen;
    if (m_seen % k_between_clock_readings == 0 && !m_deadline.check()) {
        m_error = Error{ErrorCode::limit, "the query takes too long",
                        "add a rarer word, or a filter such as a vendor"};
    }
    if (m_error) {
        return false;
    }
    const index_format::DocumentId number = document.get_docid();
    const auto decided = decide(number);
    if (!decided) {
        m_error = decided.error();
        return false;
    }
    if (!*decided) {
        return false;
    }
    ++m_accepted;
    const std::uint32_t copies = m_index.directory().facts(number).copies;
    const bool repeated =
        m_copies == request::Copies::collapse && copies != 0 && !m_texts.insert(copies).second;
    m_matches += repeated ? 0 : 1;
    return true;
}

Result<bool> Decider::decide(index_format::DocumentId document) const {
    if (!m_plan.in_scope) {
        TRY_ASSIGN(const bool in_scope, is_in_scope(document));
        if (!in_scope) {
            return false;
        }
    }
    return match::parts_of(m_plan.left).empty() ? Result<bool>(true) : holds(document);
}

Result<bool> Decider::holds(index_format::DocumentId document) const {
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
Result<bool> Decider::is_in_scope(index_format::DocumentId document) const {
    if (m_index.is_policy(document)) {
        return false;
    }
    if (m_plan.scope == query::Scope::all) {
        return true;
    }
    bool is_clause = m_index.postings().get_doclength(document) > 0;
    if (!is_clause) {
        TRY_ASSIGN(const Passage passage, m_index.passage(document));
        is_clause = !stands_aside(passage.kind);
    }
    return is_clause == (m_plan.scope == query::Scope::clauses);
}

Result<void> visit_matches(const Plan& plan, const Decider& decider, const index::Index& index,
                           const MatchVisitor& visit) {
    const Visiting visiting(decider, visit);
    TRY(index_format::guard_xapian([&] {
        Xapian::Enquire enquire(index.postings());
        enquire.set_weighting_scheme(Xapian::BoolWeight());
        enquire.set_query(plan.query);
        enquire.set_docid_order(Xapian::Enquire::ASCENDING);
        enquire.get_mset(0, 1, 0, nullptr, &visiting);
    }));
    return visiting.outcome();
}

}  // namespace smallprint::search

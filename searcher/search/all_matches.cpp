// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/search/all_matches.h"

#include "common/base/error.h"
#include "common/base/result.h"
#include "common/index_format/xapian_guard.h"
#include "searcher/index/index.h"
#include "searcher/request/requests.h"
#include "searcher/search/compile.h"
#include "searcher/search/decider.h"
#include "searcher/search/plan.h"
#include "searcher/search/synonyms.h"

#include <xapian.h>

#include <optional>

namespace smallprint {
namespace {

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

Result<void> for_each_match(const SearchRequest& request, const SynonymIndex& synonyms,
                            Index& index, const MatchVisitor& visit) {
    TRY_ASSIGN(const CompiledQuery compiled, compile(request, synonyms, index));
    TRY_ASSIGN(Plan plan, make_plan(compiled, index));
    return for_each_match(request, plan, index, visit);
}

Result<void> for_each_match(const SearchRequest& request, Plan& plan, Index& index,
                            const MatchVisitor& visit) {
    const Decider decider(plan, Copies::show_all, index, deadline_of(request));
    const Visiting visiting(decider, visit);
    TRY(guard_xapian([&] {
        Xapian::Enquire enquire(index.postings());
        enquire.set_weighting_scheme(Xapian::BoolWeight());
        enquire.set_query(plan.query);
        enquire.set_docid_order(Xapian::Enquire::ASCENDING);
        enquire.get_mset(0, 1, 0, nullptr, &visiting);
    }));
    return visiting.outcome();
}

}  // namespace smallprint

// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/search/decider.h"

#include "common/base/error.h"
#include "common/base/result.h"
#include "common/index_format/directory.h"
#include "common/model/policy.h"
#include "common/model/section.h"
#include "searcher/index/index.h"
#include "searcher/match/condition.h"
#include "searcher/request/requests.h"
#include "searcher/search/plan.h"

#include <xapian.h>

#include <chrono>
#include <cstdint>
#include <optional>

namespace smallprint {
namespace {

constexpr std::uint64_t k_between_clock_readings = 64;

}  // namespace

std::chrono::steady_clock::time_point deadline_of(const SearchRequest& request) {
    return request.time_limit ? std::chrono::steady_clock::now() + *request.time_limit
                              : std::chrono::steady_clock::time_point::max();
}

Decider::Decider(Plan& plan, Copies copies, Index& index,
                 std::chrono::steady_clock::time_point deadline)
    : m_plan(plan), m_copies(copies), m_index(index), m_deadline(deadline),
      m_matcher(plan.left, index) {}

bool Decider::operator()(const Xapian::Document& document) const {
    ++m_seen;
    if (m_seen % k_between_clock_readings == 0 && std::chrono::steady_clock::now() > m_deadline) {
        m_error = Error{ErrorCode::limit, "the query takes too long",
                        "add a rarer word, or a filter such as a vendor"};
    }
    if (m_error) {
        return false;
    }
    const DocumentId number = document.get_docid();
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
        m_copies == Copies::collapse && copies != 0 && !m_texts.insert(copies).second;
    m_matches += repeated ? 0 : 1;
    return true;
}

Result<bool> Decider::decide(DocumentId document) const {
    if (!m_plan.clauses) {
        TRY_ASSIGN(const bool clause, is_clause(document));
        if (!clause) {
            return false;
        }
    }
    return parts_of(m_plan.left).empty() ? Result<bool>(true) : holds(document);
}

Result<bool> Decider::holds(DocumentId document) const {
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

// Policies and boilerplate have no words; neither have clauses of stop words only.
Result<bool> Decider::is_clause(DocumentId document) const {
    if (m_index.is_policy(document)) {
        return false;
    }
    if (m_index.postings().get_doclength(document) > 0) {
        return true;
    }
    TRY_ASSIGN(const Passage passage, m_index.passage(document));
    return passage.kind == PieceKind::clause;
}

}  // namespace smallprint

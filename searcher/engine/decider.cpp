// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/engine/decider.h"

#include "common/base/error.h"
#include "common/index_format/directory.h"
#include "common/model/date.h"
#include "common/model/policy.h"
#include "common/text/analyzer.h"
#include "searcher/engine/candidates.h"
#include "searcher/engine/engine.h"
#include "searcher/engine/index.h"
#include "searcher/engine/prefilter.h"
#include "searcher/engine/results.h"
#include "searcher/engine/views.h"

#include <xapian.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>
#include <vector>

namespace smallprint {
namespace {

constexpr std::uint64_t k_between_clock_readings = 256;

bool overlaps(std::optional<Day> first, std::optional<Day> last, const Filters& filters) {
    return first && last && (!filters.to || *first <= *filters.to) &&
           (!filters.from || *last >= *filters.from);
}

}  // namespace

Decider::Decider(const QueryPlan& plan, const SearchRequest& request, Index& index,
                 std::chrono::steady_clock::time_point deadline)
    : m_plan(plan), m_request(request), m_index(index), m_deadline(deadline),
      m_reads_text(plan.reads_text()) {
    for (const PlannedPart& part : plan.parts) {
        if (part.decided) {
            m_prefilters.emplace_back(part.patterns.front());
        }
    }
}

bool Decider::operator()(const Xapian::Document& document) const {
    ++m_seen;
    if (m_seen % k_between_clock_readings == 0 && std::chrono::steady_clock::now() > m_deadline) {
        m_error = Error{ErrorCode::limit, "the query takes too long",
                        "add a rarer word, or a filter such as a vendor"};
    }
    const DocumentId number = document.get_docid();
    if (m_error || !decide(number)) {
        return false;
    }
    ++m_accepted;
    const std::uint32_t copies = m_index.directory().facts(number).copies;
    const bool repeated =
        m_request.copies == Copies::collapse && copies != 0 && !m_copies.insert(copies).second;
    m_matches += repeated ? 0 : 1;
    return true;
}

bool Decider::decide(DocumentId document) const {
    const Filters& filters = m_request.filters;
    if ((filters.from || filters.to) && !in_dates(document)) {
        return false;
    }
    return !m_reads_text || has_phrases(document);
}

// The directory knows the first and the last day; gaps between runs are in the record.
bool Decider::in_dates(DocumentId document) const {
    const DocumentFacts& facts = m_index.directory().facts(document);
    const Filters& filters = m_request.filters;
    if (!overlaps(day_of_number(facts.first_seen), day_of_number(facts.last_seen), filters)) {
        return false;
    }
    if (facts.runs < 2) {
        return true;
    }
    const auto passage = m_index.passage(document);
    const auto policy = m_index.policy(m_index.directory().policy_of(document));
    if (!passage || !policy) {
        m_error = passage ? policy.error() : passage.error();
        return false;
    }
    return std::ranges::any_of(passage->runs, [&](const Run& run) {
        if (run.last >= (*policy)->snapshots.size()) {
            return false;
        }
        const RunDates dates = dates_of(**policy, run);
        return overlaps(dates.first, dates.last, filters);
    });
}

bool Decider::has_phrases(DocumentId document) const {
    const auto text = m_index.text(document);
    if (!text) {
        m_error = text.error();
        return false;
    }
    for (Prefilter& prefilter : m_prefilters) {
        if (!prefilter.may_match(*text)) {
            return false;
        }
    }
    const std::vector<Token>& tokens = m_index.tokenizer().tokenize(*text);
    return std::ranges::all_of(m_plan.parts, [&](const PlannedPart& part) {
        return !part.decided || part.patterns.front().occurs_in(tokens, m_index.stemmer());
    });
}

}  // namespace smallprint

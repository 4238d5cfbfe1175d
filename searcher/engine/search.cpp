// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/engine/search.h"

#include "common/base/error.h"
#include "common/base/result.h"
#include "common/index_format/directory.h"
#include "common/index_format/xapian_guard.h"
#include "searcher/engine/compile.h"
#include "searcher/engine/condition.h"
#include "searcher/engine/copy_groups.h"
#include "searcher/engine/decider.h"
#include "searcher/engine/engine.h"
#include "searcher/engine/index.h"
#include "searcher/engine/matcher.h"
#include "searcher/engine/plan.h"
#include "searcher/engine/ranking.h"
#include "searcher/engine/results.h"
#include "searcher/engine/synonyms.h"
#include "searcher/engine/views.h"

#include <xapian.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <ratio>
#include <unordered_set>
#include <utility>
#include <vector>

namespace smallprint {
namespace {

// Totals are exact up to this many candidates, fewer where each has to be read.
constexpr Xapian::doccount k_counted = 20000;
constexpr Xapian::doccount k_counted_by_reading = 300;

Xapian::BM25Weight weighting() {
    return {ranking::k_k1, ranking::k_k2, ranking::k_k3, ranking::k_b, ranking::k_min_normlen};
}

struct Ranked {
    DocumentId document = 0;
    double score = 0;
};

struct Ranking {
    std::vector<Ranked> matches;  // from the first, at least as many as the page ends at
    std::uint64_t total = 0;
    bool total_is_exact = true;
    std::uint64_t complete = 0;  // of them have every word
    bool widened = false;
};

class Search {
public:
    Search(const SearchRequest& request, Index& index)
        : m_request(request), m_index(index), m_deadline(deadline_of(request)) {}

    Result<Ranking> rank(const Plan& plan) {
        const std::size_t wanted = m_request.offset + m_request.count;
        // Copies are left out afterwards, so more may have to be fetched than shown.
        for (std::size_t fetched = wanted + wanted / 2 + 10;; fetched *= 4) {
            Decider decider(plan, m_request.copies, m_index, m_deadline);
            TRY_ASSIGN(const Xapian::MSet matches, match(plan, decider, fetched));
            if (const std::optional<Error>& error = decider.error()) {
                return fail(*error);
            }
            Ranking ranking = without_copies(matches, decider);
            // Xapian leaves candidates out only once it has been given this many.
            ranking.total_is_exact = decider.accepted() < counted(plan) || matches.size() < fetched;
            if (ranking.matches.size() >= wanted || matches.size() < fetched) {
                return ranking;
            }
        }
    }

private:
    static Xapian::doccount counted(const Plan& plan) {
        return plan.reads_text ? k_counted_by_reading : k_counted;
    }

    Result<Xapian::MSet> match(const Plan& plan, const Decider& decider, std::size_t fetched) {
        return guard_xapian([&] {
            Xapian::Enquire enquire(m_index.postings());
            enquire.set_weighting_scheme(weighting());
            enquire.set_query(plan.query);
            // Ties stand in the order of the archive, so that the ranking is the same every time.
            enquire.set_docid_order(Xapian::Enquire::ASCENDING);
            return enquire.get_mset(0, static_cast<Xapian::doccount>(fetched), counted(plan),
                                    nullptr, &decider);
        });
    }

    Ranking without_copies(const Xapian::MSet& matches, const Decider& decider) const {
        Ranking ranking;
        ranking.total = decider.matches();
        std::unordered_set<std::uint32_t> shown;
        for (auto match = matches.begin(); match != matches.end(); ++match) {
            const std::uint32_t copies = m_index.directory().facts(*match).copies;
            const bool collapses = m_request.copies == Copies::collapse && copies != 0;
            if (!collapses || shown.insert(copies).second) {
                ranking.matches.push_back({*match, match.get_weight()});
            }
        }
        return ranking;
    }

    const SearchRequest& m_request;
    Index& m_index;
    std::chrono::steady_clock::time_point m_deadline;
};

// Results with every word stand before those that lack one.
Result<Ranking> rank_widening(Search& search, const CompiledQuery& compiled, const Index& index) {
    TRY_ASSIGN(const Plan narrow, plan_of(compiled.root, index));
    TRY_ASSIGN(Ranking strict, search.rank(narrow));
    strict.complete = strict.total;
    std::optional<Condition> wider_condition = widened(compiled.root);
    if (strict.total >= ranking::k_page || !wider_condition) {
        return strict;
    }
    TRY_ASSIGN(const Plan wide, plan_of(std::move(*wider_condition), index));
    TRY_ASSIGN(Ranking wider, search.rank(wide));
    if (wider.total <= strict.total) {
        return strict;
    }
    wider.widened = true;
    wider.complete = strict.total;
    std::erase_if(wider.matches, [&](const Ranked& ranked) {
        return std::ranges::find(strict.matches, ranked.document, &Ranked::document) !=
               strict.matches.end();
    });
    // Scores follow the order.
    const double best_other = wider.matches.empty() ? 0 : wider.matches.front().score;
    for (Ranked& ranked : strict.matches) {
        ranked.score += best_other;
    }
    wider.matches.insert(wider.matches.begin(), strict.matches.begin(), strict.matches.end());
    return wider;
}

// What is highlighted is told of the widened query, where that is what found the clause.
Result<std::vector<TextSpan>> highlights_of(Matcher& matcher, DocumentId document) {
    TRY_ASSIGN(Result<std::vector<TextSpan>> spans,
               guard_xapian([&] { return matcher.highlights(document); }));
    return spans;
}

}  // namespace

Result<SearchResults> run_search(const SearchRequest& request, const SynonymIndex& synonyms,
                                 const CopyGroups& copies, Index& index) {
    const auto start = std::chrono::steady_clock::now();
    SearchResults results;
    TRY_ASSIGN(const CompiledQuery compiled, compile(request, synonyms, index));
    Search search(request, index);
    TRY_ASSIGN(const Ranking ranking, rank_widening(search, compiled, index));
    results.query = request.query;
    results.words = compiled.words;
    results.synonyms = compiled.synonyms;
    results.notes = compiled.notes;
    results.total = ranking.total;
    results.widened = ranking.widened;
    results.complete = ranking.complete;
    results.total_is_exact = ranking.total_is_exact;
    const std::optional<Condition> wider = ranking.widened ? widened(compiled.root) : std::nullopt;
    Matcher matcher(wider ? *wider : compiled.root, index);
    const std::size_t end = std::min(request.offset + request.count, ranking.matches.size());
    for (std::size_t i = request.offset; i < end; ++i) {
        const Ranked& ranked = ranking.matches[i];
        Hit hit;
        hit.rank = i + 1;
        hit.score = ranked.score;
        TRY_ASSIGN(hit.clause, view_clause(index, ranked.document, request.context));
        hit.clause.also_at_vendors = copies.other_vendors(index, ranked.document);
        TRY_ASSIGN(hit.highlights, highlights_of(matcher, ranked.document));
        results.hits.push_back(std::move(hit));
    }
    const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - start;
    results.took_ms = took.count();
    return results;
}

}  // namespace smallprint

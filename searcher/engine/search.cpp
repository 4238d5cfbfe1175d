// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/engine/search.h"

#include "common/base/error.h"
#include "common/base/result.h"
#include "common/index_format/directory.h"
#include "common/index_format/xapian_guard.h"
#include "searcher/engine/candidates.h"
#include "searcher/engine/copy_groups.h"
#include "searcher/engine/decider.h"
#include "searcher/engine/engine.h"
#include "searcher/engine/index.h"
#include "searcher/engine/pattern.h"
#include "searcher/engine/results.h"
#include "searcher/engine/synonyms.h"
#include "searcher/engine/views.h"

#include <xapian.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <ratio>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

namespace smallprint {
namespace {

// Fewer results than this, and plain words are widened.
constexpr std::uint64_t k_page = 10;
// Totals are exact up to this many candidates, fewer where each has to be read.
constexpr Xapian::doccount k_counted = 20000;
constexpr Xapian::doccount k_counted_by_reading = 300;

// BM25 (Robertson and Zaragoza 2009). Clauses are short and of like length, so their length counts
// little.
Xapian::BM25Weight weighting() {
    constexpr double k1 = 1.2;
    constexpr double k2 = 0;
    constexpr double k3 = 1;
    constexpr double b = 0.5;
    constexpr double min_normlen = 0.5;
    return {k1, k2, k3, b, min_normlen};
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
    Search(const SearchRequest& request, Index& index, const QueryPlan& plan)
        : m_request(request), m_index(index), m_plan(plan) {}

    Result<Ranking> rank(Demand demand) {
        TRY_ASSIGN(Xapian::Query query,
                   filtered(candidates(m_plan, demand), m_request.filters, m_index));
        const std::size_t wanted = m_request.offset + m_request.count;
        // Copies are left out afterwards, so more may have to be fetched than shown.
        for (std::size_t fetched = wanted + wanted / 2 + 10;; fetched *= 4) {
            Decider decider(m_plan, m_request, m_index, m_deadline);
            TRY_ASSIGN(const Xapian::MSet matches, match(query, decider, fetched));
            if (const std::optional<Error>& error = decider.error()) {
                return fail(*error);
            }
            Ranking ranking = without_copies(matches, decider);
            ranking.total_is_exact = ranking.total_is_exact || matches.size() < fetched;
            if (ranking.matches.size() >= wanted || matches.size() < fetched) {
                return ranking;
            }
        }
    }

private:
    Xapian::doccount counted() const {
        return m_plan.reads_text() ? k_counted_by_reading : k_counted;
    }

    Result<Xapian::MSet> match(const Xapian::Query& query, const Decider& decider,
                               std::size_t fetched) {
        return guard_xapian([&] {
            Xapian::Enquire enquire(m_index.postings());
            enquire.set_weighting_scheme(weighting());
            enquire.set_query(query);
            // Ties stand in the order of the archive, so that the ranking is the same every time.
            enquire.set_docid_order(Xapian::Enquire::ASCENDING);
            return enquire.get_mset(0, static_cast<Xapian::doccount>(fetched), counted(), nullptr,
                                    &decider);
        });
    }

    Ranking without_copies(const Xapian::MSet& matches, const Decider& decider) const {
        Ranking ranking;
        ranking.total = decider.matches();
        // Xapian leaves candidates out only once it has been given this many.
        ranking.total_is_exact = decider.accepted() < counted();
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
    const QueryPlan& m_plan;
    std::chrono::steady_clock::time_point m_deadline =
        std::chrono::steady_clock::now() + k_longest_query_time;
};

std::vector<TextSpan> highlights_of(const std::string& text, const QueryPlan& plan, Index& index) {
    const AnalyzedText analyzed(index.tokenizer().tokenize(text), index.stemmer());
    std::vector<TextSpan> spans;
    for (const PlannedPart& part : plan.parts) {
        for (const Pattern& pattern : part.patterns) {
            std::ranges::move(pattern.find_all(analyzed), std::back_inserter(spans));
        }
    }
    return merged_spans(std::move(spans));
}

// Results with every word stand before those that lack one.
Result<Ranking> rank_widening(Search& search, const QueryPlan& plan) {
    TRY_ASSIGN(Ranking strict, search.rank(Demand::all_parts));
    strict.complete = strict.total;
    if (strict.total >= k_page || plan.parts.size() < 2) {
        return strict;
    }
    TRY_ASSIGN(Ranking wider, search.rank(Demand::all_but_one));
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

}  // namespace

Result<SearchResults> run_search(const SearchRequest& request, const SynonymIndex& synonyms,
                                 const CopyGroups& copies, Index& index) {
    const auto start = std::chrono::steady_clock::now();
    SearchResults results;
    TRY_ASSIGN(const QueryPlan plan, plan_query(request.query, synonyms, index));
    Search search(request, index, plan);
    TRY_ASSIGN(const Ranking ranking, rank_widening(search, plan));
    results.query = request.query;
    results.words = plan.words;
    results.synonyms = plan.synonyms;
    results.total = ranking.total;
    results.widened = ranking.widened;
    results.complete = ranking.complete;
    results.total_is_exact = ranking.total_is_exact;
    const std::size_t end = std::min(request.offset + request.count, ranking.matches.size());
    for (std::size_t i = request.offset; i < end; ++i) {
        const Ranked& ranked = ranking.matches[i];
        Hit hit;
        hit.rank = i + 1;
        hit.score = ranked.score;
        TRY_ASSIGN(hit.clause, view_clause(index, ranked.document, request.context));
        hit.clause.also_at_vendors = copies.other_vendors(index, ranked.document);
        hit.highlights = highlights_of(hit.clause.text, plan, index);
        results.hits.push_back(std::move(hit));
    }
    const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - start;
    results.took_ms = took.count();
    return results;
}

}  // namespace smallprint

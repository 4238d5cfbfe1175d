// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/engine/search.h"

#include "common/base/result.h"
#include "common/index_format/directory.h"
#include "common/index_format/xapian_guard.h"
#include "searcher/engine/compile.h"
#include "searcher/engine/condition.h"
#include "searcher/engine/copy_groups.h"
#include "searcher/engine/cursor.h"
#include "searcher/engine/engine.h"
#include "searcher/engine/explain.h"
#include "searcher/engine/index.h"
#include "searcher/engine/matcher.h"
#include "searcher/engine/plan.h"
#include "searcher/engine/ranker.h"
#include "searcher/engine/ranking.h"
#include "searcher/engine/results.h"
#include "searcher/engine/spelling.h"
#include "searcher/engine/synonyms.h"
#include "searcher/engine/views.h"

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

struct Answer {
    Ranking ranking;
    std::optional<Condition> wider;   // what was asked for as well, where too little was found
    std::uint64_t complete = 0;       // results with every word,
    std::size_t listed_complete = 0;  // and how many of the list are such
};

// Results with every word stand before those that lack some.
std::size_t put_before(std::vector<Ranked> strict, Ranking& more, const Ranker& ranker,
                       std::size_t wanted) {
    std::unordered_set<DocumentId> complete;
    for (const Ranked& ranked : strict) {
        complete.insert(ranked.document);
    }
    const auto is_complete = [&](const Ranked& ranked) {
        return complete.contains(ranked.document);
    };
    std::erase_if(more.results, is_complete);
    // Scores follow the order.
    const double best_other = more.results.empty() ? 0 : more.results.front().score;
    for (Ranked& ranked : strict) {
        ranked.score += best_other;
    }
    more.results.insert(more.results.begin(), strict.begin(), strict.end());
    more.results = ranker.selected(more.results, wanted);
    return static_cast<std::size_t>(std::ranges::count_if(more.results, is_complete));
}

Result<Answer> answer(Ranker& ranker, const CompiledQuery& compiled, std::size_t wanted,
                      const Index& index) {
    TRY_ASSIGN(const Plan narrow, plan_of(compiled.root, index));
    TRY_ASSIGN(Ranking strict, ranker.rank(narrow, wanted));
    const std::uint64_t complete = strict.total;
    const std::size_t listed = strict.results.size();
    std::optional<Condition> wider = widened(compiled);
    const bool always = compiled.widening == Widening::always;
    if (!wider || (!always && complete >= ranking::k_page)) {
        return Answer{std::move(strict), std::nullopt, complete, listed};
    }
    if (always && listed >= wanted) {
        strict.total_is_exact = false;  // the others follow on a later page
        return Answer{std::move(strict), std::nullopt, complete, listed};
    }
    TRY_ASSIGN(const Plan wide, plan_of(*wider, index));
    // Each of the first may stand among the others, and take the place of another there.
    TRY_ASSIGN(Ranking more, ranker.rank(wide, wanted + 2 * listed));
    if (more.total <= complete) {
        return Answer{std::move(strict), std::nullopt, complete, listed};
    }
    const std::size_t shown = put_before(std::move(strict.results), more, ranker, wanted);
    return Answer{std::move(more), std::move(wider), complete, shown};
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
    TRY_ASSIGN(results.offset, first_result(index.generation(), request, synonyms));
    TRY_ASSIGN(const CompiledQuery compiled, compile(request, synonyms, index));
    Ranker ranker(request, copies, index);
    const std::size_t after = results.offset + request.count;
    // One more tells whether there is a next page.
    TRY_ASSIGN(const Answer found, answer(ranker, compiled, after + 1, index));
    results.query = request.query;
    results.words = compiled.words;
    results.synonyms = compiled.synonyms;
    results.notes = compiled.notes;
    TRY_ASSIGN(results.suggestion, suggestion_for(request.query, compiled.words, index));
    results.total = found.ranking.total;
    results.total_is_exact = found.ranking.total_is_exact;
    results.widened = found.wider.has_value();
    results.complete = found.complete;
    if (request.explain == Explain::yes) {
        TRY_ASSIGN(const Plan plan, plan_of(found.wider ? *found.wider : compiled.root, index));
        TRY_ASSIGN(results.explanation, explained(request.query, compiled, plan, index));
    }
    Matcher complete(compiled.root, index);
    Matcher lacking(found.wider ? *found.wider : compiled.root, index);
    const std::vector<Ranked>& ranked = found.ranking.results;
    for (std::size_t i = results.offset; i < std::min(after, ranked.size()); ++i) {
        Hit hit;
        hit.rank = i + 1;
        hit.score = ranked[i].score;
        TRY_ASSIGN(hit.clause, view_clause(index, ranked[i].document, request.context));
        hit.clause.also_at_vendors = copies.other_vendors(index, ranked[i].document);
        hit.complete = i < found.listed_complete;
        Matcher& matcher = hit.complete ? complete : lacking;
        TRY_ASSIGN(hit.highlights, highlights_of(matcher, ranked[i].document));
        results.hits.push_back(std::move(hit));
    }
    if (ranked.size() > after) {
        results.next = cursor_of(index.generation(), request, synonyms, after);
    }
    const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - start;
    results.took_ms = took.count();
    return results;
}

}  // namespace smallprint

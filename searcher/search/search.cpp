// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/search/search.h"

#include "common/base/error.h"
#include "common/base/result.h"
#include "common/fields/field_table.h"
#include "common/index_format/directory.h"
#include "common/index_format/xapian_guard.h"
#include "common/model/text_span.h"
#include "searcher/index/index.h"
#include "searcher/index/views.h"
#include "searcher/match/condition.h"
#include "searcher/match/matcher.h"
#include "searcher/query/ast.h"
#include "searcher/request/requests.h"
#include "searcher/search/all_matches.h"
#include "searcher/search/compile.h"
#include "searcher/search/copy_groups.h"
#include "searcher/search/cursor.h"
#include "searcher/search/explain.h"
#include "searcher/search/facets.h"
#include "searcher/search/plan.h"
#include "searcher/search/ranker.h"
#include "searcher/search/ranking.h"
#include "searcher/search/results.h"
#include "searcher/search/spelling.h"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <ratio>
#include <unordered_set>
#include <utility>
#include <vector>

namespace smallprint::search {
namespace {

struct Answer {
    Ranking ranking;
    Plan plan;  // gave the ranking: all parts of the query, or most if all found too little
    bool widened = false;
    std::uint64_t complete = 0;       // results with every word,
    std::size_t listed_complete = 0;  // and how many of the list are such
};

// Results with every word stand before those that lack some.
std::size_t put_before(std::vector<Ranked> strict, Ranking& more, const Ranker& ranker,
                       std::size_t wanted) {
    std::unordered_set<index_format::DocumentId> complete;
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
    more.results = ranker.select(more.results, wanted);
    return static_cast<std::size_t>(std::ranges::count_if(more.results, is_complete));
}

// Nothing where what is left of a query would be found nearly everywhere.
Result<std::optional<Plan>> plan_if_possible(match::Condition wider, query::Scope scope,
                                             const index::Index& index) {
    Result<Plan> plan = make_plan(std::move(wider), scope, index);
    if (plan) {
        return std::optional(*std::move(plan));
    }
    if (plan.error().code == ErrorCode::query) {
        return std::nullopt;
    }
    return fail(std::move(plan).error());
}

Result<Answer> answer(Ranker& ranker, const CompiledQuery& compiled, std::size_t wanted,
                      const index::Index& index) {
    TRY_ASSIGN(Plan narrow, make_plan(compiled, index));
    TRY_ASSIGN(Ranking strict, ranker.rank(narrow, wanted));
    const std::uint64_t complete = strict.total;
    const std::size_t listed = strict.results.size();
    const auto of_all_parts = [&] {
        return Answer{std::move(strict), std::move(narrow), false, complete, listed};
    };
    std::optional<match::Condition> wider = widen(compiled);
    const bool always = compiled.widening == Widening::always;
    if (!wider || (!always && complete >= ranking::k_page)) {
        return of_all_parts();
    }
    if (always && listed >= wanted) {
        strict.total_is_exact = false;  // the others follow on a later page
        return of_all_parts();
    }
    TRY_ASSIGN(std::optional<Plan> wide,
               plan_if_possible(*std::move(wider), compiled.scope, index));
    if (!wide) {
        return of_all_parts();
    }
    // Each of the first may stand among the others, and take the place of another there.
    TRY_ASSIGN(Ranking more, ranker.rank(*wide, wanted + 2 * listed));
    if (more.total <= complete) {
        return of_all_parts();
    }
    const std::size_t shown = put_before(std::move(strict.results), more, ranker, wanted);
    return Answer{std::move(more), *std::move(wide), true, complete, shown};
}

// Starts the results with what is known before the hits.
SearchResults start_results(const request::SearchRequest& request, const CompiledQuery& compiled,
                            const Answer& found) {
    SearchResults results;
    results.query = request.query;
    results.words = compiled.words;
    results.synonyms = compiled.synonyms;
    results.notes = compiled.notes;
    results.total = found.ranking.total;
    results.total_is_exact = found.ranking.total_is_exact;
    results.widened = found.widened;
    results.complete = found.complete;
    return results;
}

// `matcher` decides the highlights: that of the widened query for clauses found by it.
Result<Hit> make_hit(const Ranked& ranked, std::size_t context, match::Matcher& matcher,
                     index::Index& index) {
    Hit hit;
    hit.score = ranked.score;
    TRY_ASSIGN(hit.clause, index::view_clause(index, ranked.document, context));
    TRY_ASSIGN(Result<std::vector<TextSpan>> highlights,
               index_format::guard_xapian([&] { return matcher.highlights(ranked.document); }));
    TRY_ASSIGN(hit.highlights, std::move(highlights));
    return hit;
}

// A question is answered with what lacks some of its words, if only on a later page; so that is
// counted from the first page on.
Result<Plan> plan_to_count(const CompiledQuery& compiled, const Answer& found,
                           const index::Index& index) {
    if (!found.widened && compiled.widening == Widening::always) {
        if (std::optional<match::Condition> wider = widen(compiled)) {
            TRY_ASSIGN(std::optional<Plan> plan,
                       plan_if_possible(*std::move(wider), compiled.scope, index));
            if (plan) {
                return *std::move(plan);
            }
        }
    }
    return found.plan;
}

// The same query, asked of what is no clause.
query::Node ask_aside(query::Node root) {
    query::Node aside{.kind = query::NodeKind::field, .text = {}, .field = Field::scope};
    aside.value.scope = query::Scope::boilerplate;
    if (root.kind == query::NodeKind::all) {
        root.children.push_back(std::move(aside));
        return root;
    }
    query::Node both{.kind = query::NodeKind::all};
    both.children = {std::move(root), std::move(aside)};
    return both;
}

// How many passages that are no clauses have what no clause has.
Result<std::uint64_t> count_all_aside(request::SearchRequest request, const SearchTools& tools,
                                      index::Index& index) {
    if (!request.query.root) {
        return 0U;
    }
    request.query.root = ask_aside(*std::move(request.query.root));
    TRY_ASSIGN(const CompiledQuery compiled, compile(request, tools.synonyms, index));
    TRY_ASSIGN(std::optional<Plan> plan, plan_if_possible(compiled.root, compiled.scope, index));
    if (!plan) {
        return 0U;
    }
    std::uint64_t count = 0;
    TRY(for_each_match(request, *plan, index, [&](index_format::DocumentId) -> Result<void> {
        ++count;
        return {};
    }));
    return count;
}

// The same in the time that is left of the request's; nothing if that does not suffice.
Result<std::optional<std::uint64_t>> count_aside(request::SearchRequest request,
                                                 std::chrono::steady_clock::time_point start,
                                                 const SearchTools& tools, index::Index& index) {
    if (request.time_limit) {
        *request.time_limit -= std::chrono::duration_cast<std::chrono::milliseconds>(
            std::chrono::steady_clock::now() - start);
    }
    const Result<std::uint64_t> counted = count_all_aside(std::move(request), tools, index);
    if (counted) {
        return std::optional(*counted);
    }
    return counted.error().code == ErrorCode::limit
               ? Result<std::optional<std::uint64_t>>(std::nullopt)
               : fail(counted.error());
}

// A count knows the total also where ranking ended at a limit.
Result<void> add_facets(const request::SearchRequest& request, Plan plan, FacetTables& tables,
                        SearchResults& results, index::Index& index) {
    TRY_ASSIGN(const Facets facets, count_facets(request, plan, tables, index));
    if (facets.exact) {
        results.total = facets.clauses;
        results.total_is_exact = true;
    }
    results.facets = facets;
    return {};
}

}  // namespace

Result<SearchResults> run_search(const request::SearchRequest& request, const SearchTools& tools,
                                 index::Index& index) {
    const auto start = std::chrono::steady_clock::now();
    TRY_ASSIGN(const std::size_t before, first_result(index.generation(), request, tools.synonyms));
    TRY_ASSIGN(const CompiledQuery compiled, compile(request, tools.synonyms, index));
    Ranker ranker(request, tools.copies, index);
    const std::size_t after = before + request.count;
    // One more tells whether there is a next page.
    TRY_ASSIGN(const Answer found, answer(ranker, compiled, after + 1, index));
    SearchResults results = start_results(request, compiled, found);
    results.offset = before;
    TRY_ASSIGN(results.suggestion, correct_spelling(request.query, compiled.words, index));
    if (tools.facets != nullptr) {
        TRY_ASSIGN(Plan counted, plan_to_count(compiled, found, index));
        TRY(add_facets(request, std::move(counted), *tools.facets, results, index));
    }
    if (found.complete == 0 && compiled.scope == query::Scope::clauses) {
        TRY_ASSIGN(results.aside, count_aside(request, start, tools, index));
    }
    if (request.explain == request::Explain::yes) {
        TRY_ASSIGN(results.explanation, explain_search(request.query, compiled, found.plan, index));
    }
    match::Matcher complete(compiled.root, index);
    match::Matcher lacking(found.plan.condition, index);
    const std::vector<Ranked>& ranked = found.ranking.results;
    for (std::size_t i = before; i < std::min(after, ranked.size()); ++i) {
        const bool has_all = i < found.listed_complete;
        TRY_ASSIGN(Hit hit,
                   make_hit(ranked[i], request.context, has_all ? complete : lacking, index));
        hit.rank = i + 1;
        hit.complete = has_all;
        hit.clause.also_at_vendors = tools.copies.other_vendors(index, ranked[i].document);
        results.hits.push_back(std::move(hit));
    }
    if (ranked.size() > after) {
        results.next = cursor_of(index.generation(), request, tools.synonyms, after);
    }
    const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - start;
    results.took_ms = took.count();
    return results;
}

}  // namespace smallprint::search

// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/search/plan.h"

#include "common/base/error.h"
#include "common/base/result.h"
#include "common/fields/field_table.h"
#include "common/index_format/xapian_guard.h"
#include "searcher/index/index.h"
#include "searcher/match/condition.h"
#include "searcher/query/ast.h"
#include "searcher/search/candidate_query.h"
#include "searcher/search/compile.h"

#include <algorithm>
#include <utility>
#include <variant>

namespace smallprint::search {
namespace {

// True if the predicate is true of a condition or a part of it; its bonus does not count.
template <typename Predicate> bool has_any(const match::Condition& condition, Predicate predicate) {
    return predicate(condition) ||
           std::ranges::any_of(match::parts_of(condition),
                               [&](const auto& part) { return has_any(part, predicate); });
}

bool reads_text(const match::Condition& condition) {
    const auto* words = std::get_if<match::Words>(&condition.test);
    return words != nullptr && words->evidence == match::Evidence::text;
}

bool reads_length(const match::Condition& condition) {
    const auto* fact = std::get_if<match::HasFact>(&condition.test);
    return fact != nullptr && is_decided_on_text(row_of(fact->field).type);
}

// Only records say which snapshot had a clause first, or no more.
bool reads_runs(const match::Condition& condition) {
    const auto* fact = std::get_if<match::HasFact>(&condition.test);
    return fact != nullptr && fact->field == Field::change;
}

bool is_fact(const match::Condition& condition) {
    return std::holds_alternative<match::HasFact>(condition.test);
}

}  // namespace

Result<Plan> make_plan(match::Condition condition, query::Scope scope, const index::Index& index) {
    Plan plan;
    match::Conditions left;
    TRY_ASSIGN(const Candidates candidates, index_format::guard_xapian([&] {
                   for (const match::Condition& part : match::parts_of(condition)) {
                       if (!build_candidates(part, index.postings()).exact) {
                           left.push_back(part);
                       }
                   }
                   return build_candidates(condition, index.postings());
               }));
    plan.left.test = match::AllOf{std::move(left)};
    const bool reads_words = has_any(plan.left, reads_text);
    plan.reads_text = reads_words || has_any(plan.left, reads_length);
    plan.reads_records = plan.reads_text || has_any(plan.left, reads_runs);
    const bool anything = !candidates.query;
    if (anything && !match::parts_of(condition).empty() &&
        (reads_words || !has_any(condition, is_fact))) {
        return fail(Error{ErrorCode::query,
                          candidates.excluded ? "the query says only what not to find"
                                              : "every word of the query is too common",
                          "add a word that says what the clause is about", 0});
    }
    plan.query = join_query(candidates);
    plan.scope = scope;
    plan.in_scope = candidates.in_scope;
    plan.most = candidates.most;
    plan.condition = std::move(condition);
    return plan;
}

Result<Plan> make_plan(const CompiledQuery& compiled, const index::Index& index) {
    auto plan = make_plan(compiled.root, compiled.scope, index);
    if (!plan && plan.error().code == ErrorCode::query && compiled.too_common) {
        return fail(*compiled.too_common);
    }
    return plan;
}

}  // namespace smallprint::search

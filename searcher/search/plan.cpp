// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/search/plan.h"

#include "common/base/error.h"
#include "common/base/result.h"
#include "common/fields/field_table.h"
#include "common/index_format/xapian_guard.h"
#include "searcher/index/index.h"
#include "searcher/match/condition.h"
#include "searcher/search/candidate_query.h"
#include "searcher/search/compile.h"

#include <algorithm>
#include <utility>

namespace smallprint {
namespace {

bool reads_text(const Condition& condition) {
    return condition.kind == ConditionKind::pattern ||
           std::ranges::any_of(condition.children, reads_text);
}

// Which snapshot had a clause first, or no more, stands in records only.
bool reads_runs(const Condition& condition) {
    return (condition.kind == ConditionKind::time && condition.time.field == Field::change) ||
           std::ranges::any_of(condition.children, reads_runs);
}

bool has_time(const Condition& condition) {
    return condition.kind == ConditionKind::time ||
           std::ranges::any_of(condition.children, has_time);
}

}  // namespace

Result<Plan> make_plan(Condition condition, const Index& index) {
    Plan plan;
    plan.left.kind = ConditionKind::all;
    TRY_ASSIGN(const Candidates candidates, guard_xapian([&] {
                   for (const Condition& child : condition.children) {
                       if (!build_candidates(child, index.postings()).exact) {
                           plan.left.children.push_back(child);
                       }
                   }
                   return build_candidates(condition, index.postings());
               }));
    plan.reads_text = reads_text(plan.left);
    plan.reads_records = plan.reads_text || reads_runs(plan.left);
    const bool anything = !candidates.query;
    if (anything && !condition.children.empty() && (plan.reads_text || !has_time(condition))) {
        return fail(Error{ErrorCode::query,
                          candidates.excluded ? "the query says only what not to find"
                                              : "every word of the query is too common",
                          "add a word that says what the clause is about", 0});
    }
    plan.query = query_of(candidates);
    plan.clauses = candidates.clauses;
    plan.most = candidates.most;
    plan.condition = std::move(condition);
    return plan;
}

Result<Plan> make_plan(const CompiledQuery& compiled, const Index& index) {
    auto plan = make_plan(compiled.root, index);
    if (!plan && plan.error().code == ErrorCode::query && compiled.too_common) {
        return fail(*compiled.too_common);
    }
    return plan;
}

}  // namespace smallprint

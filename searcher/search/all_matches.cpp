// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/search/all_matches.h"

#include "common/base/result.h"
#include "common/index_format/directory.h"
#include "searcher/index/index.h"
#include "searcher/index/views.h"
#include "searcher/match/matcher.h"
#include "searcher/request/deadline.h"
#include "searcher/request/requests.h"
#include "searcher/search/compile.h"
#include "searcher/search/copy_groups.h"
#include "searcher/search/decider.h"
#include "searcher/search/plan.h"
#include "searcher/search/results.h"
#include "searcher/search/synonyms.h"

namespace smallprint::search {

Result<void> for_each_match(const request::SearchRequest& request, Plan& plan, index::Index& index,
                            const MatchVisitor& visit) {
    Decider decider(plan, request::Copies::show_all, index, request::Deadline(request.time_limit));
    return visit_matches(plan, decider, index, visit);
}

Result<void> for_each_hit(const request::SearchRequest& request, const SynonymIndex& synonyms,
                          const CopyGroups& copies, index::Index& index, const HitVisitor& visit) {
    TRY_ASSIGN(const CompiledQuery compiled, compile(request, synonyms, index));
    TRY_ASSIGN(Plan plan, make_plan(compiled, index));
    match::Matcher matcher(compiled.root, index);
    return for_each_match(
        request, plan, index, [&](index_format::DocumentId document) -> Result<void> {
            Hit hit;
            TRY_ASSIGN(hit.clause, index::view_clause(index, document, request.context));
            hit.clause.also_at_vendors = copies.other_vendors(index, document);
            TRY_ASSIGN(hit.highlights, matcher.highlights(document));  // guarded as all this is
            return visit(hit);
        });
}

}  // namespace smallprint::search

// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/search/export.h"

#include "common/base/result.h"
#include "common/index_format/directory.h"
#include "searcher/index/index.h"
#include "searcher/index/views.h"
#include "searcher/match/matcher.h"
#include "searcher/request/requests.h"
#include "searcher/search/all_matches.h"
#include "searcher/search/compile.h"
#include "searcher/search/copy_groups.h"
#include "searcher/search/results.h"
#include "searcher/search/synonyms.h"

namespace smallprint {

Result<void> for_each_hit(const SearchRequest& request, const SynonymIndex& synonyms,
                          const CopyGroups& copies, Index& index, const HitVisitor& visit) {
    TRY_ASSIGN(const CompiledQuery compiled, compile(request, synonyms, index));
    Matcher matcher(compiled.root, index);
    return for_each_match(request, synonyms, index, [&](DocumentId document) -> Result<void> {
        Hit hit;
        TRY_ASSIGN(hit.clause, view_clause(index, document, request.context));
        hit.clause.also_at_vendors = copies.other_vendors(index, document);
        TRY_ASSIGN(hit.highlights, matcher.highlights(document));  // guarded as all this is
        return visit(hit);
    });
}

}  // namespace smallprint

// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/engine/export.h"

#include "common/base/result.h"
#include "common/index_format/directory.h"
#include "searcher/engine/all_matches.h"
#include "searcher/engine/compile.h"
#include "searcher/engine/copy_groups.h"
#include "searcher/engine/engine.h"
#include "searcher/engine/index.h"
#include "searcher/engine/matcher.h"
#include "searcher/engine/results.h"
#include "searcher/engine/synonyms.h"
#include "searcher/engine/views.h"

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

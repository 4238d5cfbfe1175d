// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/result.h"
#include "common/index_format/directory.h"
#include "searcher/engine/engine.h"
#include "searcher/engine/index.h"
#include "searcher/engine/pattern.h"
#include "searcher/engine/results.h"
#include "searcher/engine/synonyms.h"
#include "searcher/query/ast.h"

#include <xapian.h>

#include <cstddef>
#include <string>
#include <vector>

namespace smallprint {

// What a query requires in one place: a word, a phrase, or words that the thesaurus knows together.
struct PlannedPart {
    std::vector<Pattern> patterns;  // any of them is highlighted
    bool decided = false;           // the first one is several words in order, which Xapian cannot
                                    // decide; the text is read for it
    Xapian::Query query;
};

// A query as the engine works with it: what Xapian is asked for candidates, and what is then
// decided on the text.
struct QueryPlan {
    std::vector<PlannedPart> parts;
    std::vector<WordCount> words;
    std::vector<std::string> synonyms;  // looked for as well

    bool reads_text() const;
};

// ErrorCode::query if nothing in the query can be looked for.
Result<QueryPlan> plan_query(const Query& query, const SynonymIndex& synonyms, Index& index);

Xapian::Query candidates(const QueryPlan& plan, Demand demand);

// A stretch of documents, both ends inside.
struct DocumentRange {
    DocumentId first = 0;
    DocumentId last = 0;
};

// Adds filters that Xapian can apply by itself: vendors (as stretches of documents) and headings.
// ErrorCode::not_found for a vendor that the index does not have.
Result<Xapian::Query> filtered(Xapian::Query query, const Filters& filters, Index& index);

}  // namespace smallprint

// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/result.h"
#include "common/index_format/directory.h"
#include "searcher/index/index.h"
#include "searcher/match/condition.h"
#include "searcher/postings/query.h"
#include "searcher/query/ast.h"
#include "searcher/search/compile.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace smallprint::search {

// Remembers for each document whether it matches, so that a second pass over the candidates reads
// no text again. Two bits a document, up to the last that was decided.
class MatchCache {
public:
    std::optional<bool> find(index_format::DocumentId document) const {
        return document < m_known.size() && m_known[document] ? std::optional(m_matches[document])
                                                              : std::nullopt;
    }

    void keep(index_format::DocumentId document, bool matches) {
        if (document >= m_known.size()) {
            const std::size_t size = std::max<std::size_t>(document + 1, m_known.size() * 2);
            m_known.resize(size, false);
            m_matches.resize(size, false);
        }
        m_known[document] = true;
        m_matches[document] = matches;
    }

private:
    std::vector<bool> m_known;
    std::vector<bool> m_matches;
};

// A condition divided between the postings and the matcher.
struct Plan {
    match::Condition condition;
    postings::Query query;  // gives the candidates
    match::Condition left;  // AllOf: what is then to be decided of each
    query::Scope scope = query::Scope::clauses;
    bool in_scope = false;       // all candidates are; else that is to be decided as well
    bool reads_text = false;     // deciding needs the texts of clauses
    bool reads_records = false;  // deciding needs their records, for texts or runs
    std::uint64_t most = 0;      // candidates at most
    MatchCache cache;            // decisions on candidates whose records were read
};

// ErrorCode::query for a condition that every text of the index would have to be read for.
Result<Plan> make_plan(match::Condition condition, query::Scope scope, const index::Index& index);

// The same for a whole query, with the place of what is to blame.
Result<Plan> make_plan(const CompiledQuery& compiled, const index::Index& index);

}  // namespace smallprint::search

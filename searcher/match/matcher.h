// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/result.h"
#include "common/index_format/directory.h"
#include "common/model/text_span.h"
#include "searcher/index/index.h"
#include "searcher/match/condition.h"
#include "searcher/match/lazy_text.h"
#include "searcher/match/pattern.h"
#include "searcher/match/posting_cursor.h"
#include "searcher/match/prefilter.h"
#include "searcher/match/stretches.h"

#include <optional>
#include <vector>

namespace smallprint {

// THE matcher: whether a condition is true of a clause, and what of the text makes it so. Plain
// words are told by the postings, times and documents by the directory; texts are read only for
// what neither can tell. Cheapest where clauses are asked for in the order of their ids.
//
// Xapian's exceptions pass through. `condition` and `index` must outlive it.
class Matcher {
public:
    Matcher(const Condition& condition, Index& index);

    // `document` must be that of a clause.
    Result<bool> matches(DocumentId document);

    // What matched in the text: in order, not overlapping; nothing from inside a negation.
    Result<std::vector<TextSpan>> highlights(DocumentId document);

private:
    // A condition with what is kept to decide it.
    struct Test {
        const Condition* condition = nullptr;
        std::vector<Test> children = {};
        std::vector<PostingCursor> postings = {};  // any of them is enough
        std::optional<Prefilter> prefilter = {};
    };

    using Marks = std::vector<TextSpan>;

    static Test test_of(const Condition& condition, const Index& index);

    // Appends to `marks`, where there are any, what matched; nothing if it is false.
    Result<bool> holds(Test& test, Marks* marks);
    Result<bool> pattern_holds(Test& test, Marks* marks);
    Result<bool> stands_in_text(Test& test);
    Result<bool> stands_in_heading(const Pattern& pattern);
    Result<bool> children_hold(Test& test, Marks* marks);
    Result<bool> stretches_exist(const Test& test, Marks* marks);
    Result<Stretches> stretches(const Test& test);
    Result<Stretches> occurrences(const Pattern& pattern);

    Index& m_index;
    Test m_root;
    LazyText m_text;
    Tokenizer m_heading_tokenizer;
    DocumentId m_document = 0;
};

}  // namespace smallprint

// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/result.h"
#include "common/index_format/directory.h"
#include "common/model/text_span.h"
#include "common/text/analyzer.h"
#include "searcher/index/index.h"
#include "searcher/match/condition.h"
#include "searcher/match/lazy_text.h"
#include "searcher/match/pattern.h"
#include "searcher/match/prefilter.h"
#include "searcher/match/spans.h"
#include "searcher/postings/postings.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace smallprint::match {

// Says of one document after the other whether it has a term. Cheap where documents are asked for
// in the order of their ids. Xapian's exceptions pass through.
class TermTest {
public:
    TermTest(const postings::Postings& postings, std::string term)
        : m_postings(&postings), m_term(std::move(term)) {}

    bool has(index_format::DocumentId document);

private:
    const postings::Postings* m_postings;
    std::string m_term;
    std::optional<postings::Cursor> m_at;  // once it is asked
    index_format::DocumentId m_asked = 0;
};

// THE matcher decides whether a condition is true of a clause, and which parts of the text make it
// so. Postings decide plain words, the directory decides times and documents; texts are read only
// for what neither can tell. Cheapest where clauses are asked for in the order of their ids.
//
// Xapian's exceptions pass through. `condition` and `index` must outlive it.
class Matcher {
public:
    Matcher(const Condition& condition, index::Index& index);

    // `document` must be that of a clause.
    Result<bool> matches(index_format::DocumentId document);

    // The parts of the text that matched: in order, not overlapping; none from inside a negation.
    Result<std::vector<TextSpan>> highlights(index_format::DocumentId document);

private:
    // A condition with the state that is kept to decide it.
    struct Test {
        const Condition* condition = nullptr;
        std::vector<Test> parts = {};           // the cheapest first, unless their order counts
        std::vector<TermTest> postings = {};    // any of them is enough
        std::vector<TermTest> in_heading = {};  // all that headings with the words must have
        std::optional<Prefilter> prefilter = {};
    };

    using Marks = std::vector<TextSpan>;

    // What spans are looked for in: the text of a clause, or one heading above it.
    struct Stretch {
        const AnalyzedText* words = nullptr;
        const std::vector<std::uint32_t>* sentence_ends = nullptr;  // null for those of the text
    };

    static Test make_test(const Condition& condition, const index::Index& index);

    // Appends what matched to `marks`, if that is given; nothing if the test is false.
    Result<bool> holds(Test& test, Marks* marks);
    Result<bool> fact_holds(const HasFact& fact);
    Result<bool> length_fits(const query::NumberRange& range);
    Result<bool> words_hold(Test& test, const Words& words, Marks* marks);
    Result<bool> stands_in_text(Test& test, const Pattern& pattern);
    Result<bool> stands_in_heading(Test& test, const Pattern& pattern);
    bool may_stand_in_heading(Test& test);
    Result<bool> enough_hold(std::vector<Test>& parts, std::size_t wanted, Marks* marks);
    Result<bool> spans_exist(Test& test, Marks* marks);
    Result<bool> spans_exist_in_heading(const Test& test);
    Result<WordSpans> find_spans(const Test& test, const Stretch& stretch);
    Result<std::vector<WordSpans>> find_spans_of_all(const std::vector<Test>& parts,
                                                     const Stretch& stretch);
    WordSpans find_occurrences(const Pattern& pattern, const AnalyzedText& words);

    index::Index& m_index;
    Test m_root;
    LazyText m_text;
    text::Tokenizer m_heading_tokenizer;
    index_format::DocumentId m_document = 0;
};

}  // namespace smallprint::match

// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/result.h"
#include "common/model/text_span.h"
#include "searcher/index/clause_view.h"
#include "searcher/query/ast.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace smallprint::search {

// Answers of the engine as plain values: everything that the presenters show, with nothing left to
// look up.

struct Hit {
    std::size_t rank = 0;  // from 1
    double score = 0;
    bool complete = true;  // has every word of the query, else lacks some
    index::ClauseView clause;
    std::vector<TextSpan> highlights;  // in clause.text, in order, not overlapping
};

// How often a word of the query occurs by itself, to explain results and their absence.
struct WordCount {
    std::string word;
    std::uint64_t clauses = 0;
    bool ignored = false;      // too common to be searched for by itself
    bool passed_over = false;  // not looked for at all, since it is too common
};

struct FacetValue {
    std::string value;  // empty where it is not known
    std::uint64_t clauses = 0;
};

struct Facet {
    std::vector<FacetValue> values;  // most clauses first
    std::uint64_t others = 0;        // values that are left out
};

// How many of the clauses that match have what. Copies count once for each value if they are
// collapsed.
struct Facets {
    std::uint64_t clauses = 0;  // all of them
    Facet vendor;
    Facet type;
    Facet host;  // each a policy was read from
    Facet language;
    Facet year;  // in which the clause stood: all in order, then those without any date
    bool exact = true;
};

// One condition of a query that was looked for.
struct ExplainedStep {
    std::size_t depth = 0;             // below the whole
    std::string text;                  // the stems, forms or distances asked for
    std::uint64_t candidates = 0;      // documents that may have it, at most
    bool decided_by_postings = false;  // else each candidate is looked at
    double weight = 1;                 // in the ranking
};

// Tells what became of a query, stage by stage.
struct Explanation {
    std::string text;
    std::string parsed;  // the query, written out in the one way
    std::string tree;    // a line each node
    std::vector<ExplainedStep> steps;
    std::vector<std::string> synonyms;
    std::string asked;        // the query that was asked of the postings
    std::uint64_t most = 0;   // candidates at most
    bool reads_text = false;  // deciding candidates reads their texts
};

struct SearchResults {
    query::Query query;
    std::uint64_t total = 0;
    bool total_is_exact = true;  // else there are at least `total`
    bool widened = false;        // some results lack some of the words
    std::uint64_t complete = 0;  // results with all words; they come first
    // Where nothing is found: titles, navigation and footers that match. Nothing if there was no
    // time left to count them.
    std::optional<std::uint64_t> aside = 0;
    std::vector<WordCount> words;
    std::vector<std::string> synonyms;      // words of the thesaurus that were looked for as well
    std::optional<std::string> suggestion;  // the query as it was probably meant
    std::vector<std::string> notes;         // tell the user how the query was read
    std::size_t offset = 0;                 // results before the first of these
    std::vector<Hit> hits;
    std::optional<std::string> next;  // cursor of the next page, where there is one
    std::optional<Facets> facets;     // absent unless asked for
    std::optional<Explanation> explanation;
    double took_ms = 0;
};

using HitVisitor = std::function<Result<void>(const Hit&)>;

}  // namespace smallprint::search

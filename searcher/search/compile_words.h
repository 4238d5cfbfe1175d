// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "searcher/index/index.h"
#include "searcher/match/condition.h"
#include "searcher/match/pattern.h"
#include "searcher/query/ast.h"
#include "searcher/search/compile.h"
#include "searcher/search/synonyms.h"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace smallprint::search {

// The surroundings of a word in a query.
struct Surroundings {
    match::Place place = match::Place::anywhere;
    bool measured = false;  // an operand of w/n, pre/n or /s: every word counts
    bool negated = false;
};

// Makes conditions of the words of a query, and notes in the compiled query what is to be said of
// them. Xapian's exceptions pass through.
class WordCompiler {
public:
    // All must outlive it.
    WordCompiler(index::Index& index, const SynonymIndex& synonyms, CompiledQuery& compiled);

    // A word, exact word, prefix or phrase.
    match::Condition term(const query::Node& node, const Surroundings& around);

    // Words that stand beside one another, at least one: stop words are passed over, and what the
    // thesaurus knows is looked for in its other names as well.
    match::Conditions juxtaposed(std::span<const query::Node> words, const Surroundings& around);

private:
    match::Pattern make_pattern(std::string_view text,
                                match::ElementForm form = match::ElementForm::any);
    match::Pattern make_phrase(const query::Node& node);
    void expand_prefixes(match::Pattern& pattern, const Surroundings& around);
    match::Condition word(const query::Node& node, const Surroundings& around);
    match::Words make_words(match::Pattern pattern, const Surroundings& around);
    static match::Condition weighed(match::Words words, const Surroundings& around);
    match::Condition make_condition(match::Pattern pattern, const Surroundings& around);
    match::Conditions every(std::span<const match::Pattern> words, const Surroundings& around);
    std::pair<std::size_t, SynonymIndex::Match>
    longest_known(std::span<const match::Pattern> words) const;
    std::size_t compile_known(std::span<const match::Pattern> words, match::Conditions& into);
    std::size_t compile_pair(std::span<const match::Pattern> words, const Surroundings& around,
                             match::Conditions& into);
    match::Condition other_word(const std::string& text, double weight);
    void count_words(const match::Pattern& pattern, const Surroundings& around);

    index::Index& m_index;
    const SynonymIndex& m_synonyms;
    CompiledQuery& m_compiled;
    std::size_t m_other_words = 0;  // words of the thesaurus so far
};

}  // namespace smallprint::search

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

namespace smallprint {

// The surroundings of a word in a query.
struct Surroundings {
    Place place = Place::anywhere;
    bool measured = false;  // an operand of w/n, pre/n or /s: every word counts
    bool negated = false;
};

// Makes conditions of the words of a query, and notes in the compiled query what is to be said of
// them. Xapian's exceptions pass through.
class WordCompiler {
public:
    // All must outlive it.
    WordCompiler(Index& index, const SynonymIndex& synonyms, CompiledQuery& compiled);

    // A word, exact word, prefix or phrase.
    Condition term(const Node& node, const Surroundings& around);

    // Words that stand beside one another, at least one: stop words are passed over, and what the
    // thesaurus knows is looked for in its other names as well.
    Conditions juxtaposed(std::span<const Node> words, const Surroundings& around);

private:
    Pattern make_pattern(std::string_view text, ElementForm form = ElementForm::any);
    Pattern make_phrase(const Node& node);
    void expand_prefixes(Pattern& pattern, const Surroundings& around);
    Condition word(const Node& node, const Surroundings& around);
    static Words make_words(Pattern pattern, const Surroundings& around);
    static Condition weighed(Words words, const Surroundings& around);
    static Condition make_condition(Pattern pattern, const Surroundings& around);
    static Conditions every(std::span<const Pattern> words, const Surroundings& around);
    std::pair<std::size_t, SynonymIndex::Match> longest_known(std::span<const Pattern> words) const;
    std::size_t compile_known(std::span<const Pattern> words, Conditions& into);
    std::size_t compile_pair(std::span<const Pattern> words, const Surroundings& around,
                             Conditions& into);
    Condition other_word(const std::string& text, double weight);
    void count_words(const Pattern& pattern, const Surroundings& around);

    Index& m_index;
    const SynonymIndex& m_synonyms;
    CompiledQuery& m_compiled;
    std::size_t m_other_words = 0;  // words of the thesaurus so far
};

}  // namespace smallprint

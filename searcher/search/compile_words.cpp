// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/search/compile_words.h"

#include "common/base/error.h"
#include "searcher/index/index.h"
#include "searcher/match/condition.h"
#include "searcher/match/pattern.h"
#include "searcher/match/prefix_words.h"
#include "searcher/match/word_places.h"
#include "searcher/query/ast.h"
#include "searcher/query/question.h"
#include "searcher/search/compile.h"
#include "searcher/search/ranking.h"
#include "searcher/search/results.h"
#include "searcher/search/synonyms.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace smallprint::search {
namespace {

bool is_one_word(const match::Pattern& pattern) {
    return pattern.positions().size() == 1 && pattern.positions().front().size() == 1;
}

const match::Pattern::Element& first_element(const match::Pattern& pattern) {
    return pattern.positions().front().front();
}

bool is_all_stop_words(const match::Pattern& pattern) {
    return std::ranges::all_of(pattern.positions(), [](const auto& elements) {
        return std::ranges::all_of(elements, &match::Pattern::Element::stop_word);
    });
}

// Depth is bounded by what the thesaurus makes of a word.
void scale(std::span<match::Condition> conditions, double factor) {  // NOLINT(misc-no-recursion)
    for (match::Condition& condition : conditions) {
        condition.weight *= factor;
        scale(match::parts_of(condition), factor);
    }
}

// A word that says little weighs little, with all that is looked for in its place.
void weigh(match::Condition& condition, const match::Pattern& word) {
    if (is_one_word(word) && query::is_generic_word(first_element(word).word)) {
        condition.generic = true;
        condition.weight *= ranking::k_generic_weight;
        scale(match::parts_of(condition), ranking::k_generic_weight);
        scale(condition.bonus, ranking::k_generic_weight);
    }
}

// All of these, found but not weighed.
match::Condition unweighed(match::Conditions words) {
    scale(words, 0);
    return {match::AllOf{std::move(words)}};
}

std::string join_stems(std::span<const match::Pattern> words) {
    std::string stems;
    for (const match::Pattern& word : words) {
        for (const auto& elements : word.positions()) {
            stems += elements.front().stem + " ";
        }
    }
    return stems;
}

// A stop word has no posting to tell that it stands in a heading.
match::Words at_home(match::Words words) {
    if (words.place == match::Place::anywhere && is_all_stop_words(words.pattern)) {
        words.place = match::Place::text;
    }
    return words;
}

Error too_common(const query::Node& node) {
    const bool phrase = node.kind == query::NodeKind::phrase;
    return {ErrorCode::query,
            phrase ? "every word of this phrase is too common to be looked for alone"
                   : "this word is too common to be looked for alone",
            phrase ? "add a word that says what the phrase is about"
                   : "add a word that says what the clause is about",
            node.begin};
}

}  // namespace

WordCompiler::WordCompiler(index::Index& index, const SynonymIndex& synonyms,
                           CompiledQuery& compiled)
    : m_index(index), m_synonyms(synonyms), m_compiled(compiled) {}

match::Pattern WordCompiler::make_pattern(std::string_view text, match::ElementForm form) {
    match::Pattern pattern(text, form, m_index.tokenizer(), m_index.stemmer());
    if (form == match::ElementForm::any && is_one_word(pattern)) {
        const std::string parted = parted_compound(first_element(pattern).word, m_index.stemmer());
        if (!parted.empty()) {
            return {parted, m_index.tokenizer(), m_index.stemmer()};
        }
    }
    return pattern;
}

match::Condition WordCompiler::term(const query::Node& node, const Surroundings& around) {
    if (node.kind == query::NodeKind::word) {
        return word(node, around);
    }
    match::Pattern pattern = node.kind == query::NodeKind::phrase ? make_phrase(node)
                             : node.kind == query::NodeKind::exact_word
                                 ? make_pattern(node.text, match::ElementForm::exact)
                                 : make_pattern(node.text, match::ElementForm::prefix);
    expand_prefixes(pattern,
                    {around.place, around.measured || node.kind == query::NodeKind::phrase});
    count_words(pattern, around);
    match::Words words = make_words(std::move(pattern), around);
    if (words.evidence == match::Evidence::text && !words.pattern.is_indexed() &&
        !around.measured && !around.negated && !m_compiled.too_common) {
        m_compiled.too_common = too_common(node);
    }
    return weighed(at_home(std::move(words)), around);
}

match::Pattern WordCompiler::make_phrase(const query::Node& node) {
    match::Pattern phrase;
    for (std::size_t i = 0; i < node.children.size(); ++i) {
        const query::Node& child = node.children[i];
        const query::Node* next = i + 1 < node.children.size() ? &node.children[i + 1] : nullptr;
        const bool plain = child.kind == query::NodeKind::word;
        if (plain && next != nullptr && next->kind == query::NodeKind::word) {
            const match::Pattern one(child.text, m_index.tokenizer(), m_index.stemmer());
            const match::Pattern two(next->text, m_index.tokenizer(), m_index.stemmer());
            if (is_one_word(one) && is_one_word(two) &&
                makes_compound(first_element(one).word, first_element(two).word,
                               m_index.stemmer())) {
                phrase.append(
                    make_pattern(first_element(one).word + "-" + first_element(two).word));
                ++i;
                continue;
            }
        }
        phrase.append(make_pattern(child.text, plain ? match::ElementForm::any
                                               : child.kind == query::NodeKind::exact_word
                                                   ? match::ElementForm::exact
                                                   : match::ElementForm::prefix));
    }
    return phrase;
}

void WordCompiler::expand_prefixes(match::Pattern& pattern, const Surroundings& around) {
    for (auto& elements : pattern.positions()) {
        for (match::Pattern::Element& element : elements) {
            if (element.form != match::ElementForm::prefix) {
                continue;
            }
            match::PrefixWords words =
                match::stems_of_prefix(element.word, m_compiled.scope, m_index.postings());
            if (words.all > words.stems.size()) {
                m_compiled.notes.push_back(
                    fmt::format("{} words may begin with '{}'; only the {} most frequent of them "
                                "were looked for",
                                words.all, element.word, words.stems.size()));
            } else if (words.all == 0 && element.width == 1) {
                m_compiled.notes.push_back(
                    fmt::format("no word of the index begins with '{}'", element.word));
            }
            element.expansions = std::move(words.stems);
            element.passes_over = !around.measured;
            element.indexed = element.indexed || element.passes_over;
        }
    }
}

match::Words WordCompiler::make_words(match::Pattern pattern, const Surroundings& around) {
    const bool posted = is_one_word(pattern) &&
                        first_element(pattern).form == match::ElementForm::any &&
                        !first_element(pattern).stop_word && !around.measured;
    return {std::move(pattern), around.place,
            posted ? match::Evidence::postings : match::Evidence::text, m_compiled.scope};
}

match::Condition WordCompiler::weighed(match::Words words, const Surroundings& around) {
    return {.test = std::move(words), .weight = around.place == match::Place::heading ? 0.0 : 1.0};
}

match::Condition WordCompiler::make_condition(match::Pattern pattern, const Surroundings& around) {
    return weighed(make_words(std::move(pattern), around), around);
}

match::Condition WordCompiler::word(const query::Node& node, const Surroundings& around) {
    match::Words words = make_words(make_pattern(node.text), around);
    count_words(match::Pattern(node.text, m_index.tokenizer(), m_index.stemmer()), around);
    return weighed(at_home(std::move(words)), around);
}

match::Conditions WordCompiler::every(std::span<const match::Pattern> words,
                                      const Surroundings& around) {
    match::Conditions all;
    for (const match::Pattern& word : words) {
        if (!is_all_stop_words(word)) {
            all.push_back(make_condition(word, around));
            if (words.size() > 1) {
                weigh(all.back(), word);
            }
        }
    }
    return all;
}

match::Conditions WordCompiler::juxtaposed(std::span<const query::Node> words,
                                           const Surroundings& around) {
    std::vector<match::Pattern> patterns;
    for (const query::Node& node : words) {
        patterns.emplace_back(node.text, m_index.tokenizer(), m_index.stemmer());
        const std::size_t before = m_compiled.words.size();
        count_words(patterns.back(), around);
        for (WordCount& word : std::span(m_compiled.words).subspan(before)) {
            word.passed_over = word.ignored;
        }
    }
    match::Conditions conditions;
    std::set<std::string> seen;
    for (std::size_t at = 0; at < words.size();) {
        const std::size_t before = conditions.size();
        const std::span<const match::Pattern> rest = std::span(patterns).subspan(at);
        std::size_t taken =
            around.place == match::Place::heading ? 0 : compile_known(rest, conditions);
        taken = taken == 0 ? compile_pair(rest, around, conditions) : taken;
        if (taken == 0) {
            if (!is_all_stop_words(rest[0])) {
                conditions.push_back(make_condition(make_pattern(words[at].text), around));
                conditions.back().may_lack =
                    is_one_word(rest[0]) || m_compiled.widening == Widening::always;
                weigh(conditions.back(), rest.front());
            }
            taken = 1;
        }
        // Said twice it is not asked for twice.
        if (!seen.insert(join_stems(rest.first(taken))).second) {
            conditions.resize(before);
        }
        at += taken;
    }
    return conditions;
}

// Adds a condition for two words at the start that may be written as one; returns how many it took.
std::size_t WordCompiler::compile_pair(std::span<const match::Pattern> words,
                                       const Surroundings& around, match::Conditions& into) {
    if (words.size() < 2 || !is_one_word(words[0]) || !is_one_word(words[1]) ||
        !makes_compound(first_element(words[0]).word, first_element(words[1]).word,
                        m_index.stemmer())) {
        return 0;
    }
    const match::Pattern whole(first_element(words[0]).word + first_element(words[1]).word,
                               m_index.tokenizer(), m_index.stemmer());
    match::Condition parted{match::AllOf{every(words.first(2), around)}};
    into.push_back({.test = match::AnyOf{{std::move(parted), make_condition(whole, around)}},
                    .may_lack = true});
    return 2;
}

// The most words at the start that the thesaurus knows together; compounds count by their parts.
std::pair<std::size_t, SynonymIndex::Match>
WordCompiler::longest_known(std::span<const match::Pattern> words) const {
    std::vector<std::string> stems;
    std::pair<std::size_t, SynonymIndex::Match> found;
    for (std::size_t i = 0; i < words.size() && stems.size() < m_synonyms.longest(); ++i) {
        for (const auto& elements : words[i].positions()) {
            stems.push_back(elements.front().stem);
        }
        if (SynonymIndex::Match match = m_synonyms.match(stems); match.words == stems.size()) {
            found = {i + 1, std::move(match)};
        }
    }
    return found;
}

// Adds a condition for the words that the thesaurus knows at the start; returns how many it took.
std::size_t WordCompiler::compile_known(std::span<const match::Pattern> words,
                                        match::Conditions& into) {
    const auto [taken, match] = longest_known(words);
    if (taken == 0) {
        return 0;
    }
    match::Condition either{.may_lack = true};
    match::Conditions own = every(words.first(taken), {});
    match::AnyOf names;
    if (taken > 1) {
        // Words with another name in the thesaurus weigh one by one as well.
        names.parts.push_back(unweighed(own));
        either.bonus = std::move(own);
    } else {
        names.parts.push_back({match::AllOf{std::move(own)}});
    }
    for (const std::string& synonym : match.synonyms) {
        if (m_other_words < ranking::k_most_other_words) {
            names.parts.push_back(other_word(synonym, ranking::k_synonym_weight));
            m_compiled.synonyms.push_back(synonym);
        }
    }
    for (const std::string& related : match.related) {
        if (m_other_words < ranking::k_most_other_words) {
            either.bonus.push_back(other_word(related, ranking::k_related_weight));
        }
    }
    either.test = std::move(names);
    if (taken == 1) {
        weigh(either, words.front());
    }
    into.push_back(std::move(either));
    return taken;
}

// A word or phrase of the thesaurus. Those of a phrase count in any order: a clause is short, and
// the postings can tell.
match::Condition WordCompiler::other_word(const std::string& text, double weight) {
    const match::Pattern pattern(text, m_index.tokenizer(), m_index.stemmer());
    match::AllOf all;
    const match::Place place = is_one_word(pattern) ? match::Place::anywhere : match::Place::text;
    for (const auto& elements : pattern.positions()) {
        const match::Pattern::Element& part = elements.front();
        if (!part.stop_word) {
            all.parts.push_back(
                make_condition(match::Pattern(part.word, m_index.tokenizer(), m_index.stemmer()),
                               {.place = place}));
            all.parts.back().weight = weight;
        }
    }
    ++m_other_words;
    return {std::move(all)};
}

void WordCompiler::count_words(const match::Pattern& pattern, const Surroundings& around) {
    if (around.negated) {
        return;
    }
    const bool of_headings = around.place == match::Place::heading;
    const match::Place place = of_headings ? match::Place::heading : match::Place::text;
    for (const auto& elements : pattern.positions()) {
        for (const match::Pattern::Element& element : elements) {
            if (element.width > 1 || element.form == match::ElementForm::prefix) {
                continue;
            }
            WordCount count{.word = of_headings ? "heading:" + element.word : element.word,
                            .ignored = element.stop_word};
            for (const match::WordPlace& one : match::word_places(place, m_compiled.scope)) {
                count.clauses += m_index.postings().frequency(one.term(element.stem));
            }
            m_compiled.words.push_back(std::move(count));
        }
    }
}

}  // namespace smallprint::search

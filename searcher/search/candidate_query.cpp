// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/search/candidate_query.h"

#include "common/index_format/directory.h"
#include "searcher/match/condition.h"
#include "searcher/match/pattern.h"
#include "searcher/match/word_places.h"
#include "searcher/postings/postings.h"
#include "searcher/postings/query.h"
#include "searcher/search/ranking.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace smallprint::search {
namespace {

using postings::Queries;
using postings::Query;

// All of several queries, or any of them.
template <typename Joined> Query joined(Queries queries) {
    return queries.size() == 1 ? std::move(queries.front()) : Query{Joined{std::move(queries)}};
}

Query weighed(Query query, double weight) {
    query.weight *= weight;
    return query;
}

class CandidateBuilder {
public:
    explicit CandidateBuilder(const postings::Postings& postings) : m_postings(postings) {}

    Candidates build(const match::Condition& condition) const {
        Candidates found = without_bonus(condition);
        Queries bonuses;
        for (const match::Condition& bonus : condition.bonus) {
            if (const Candidates some = without_bonus(bonus); some.query) {
                bonuses.push_back(*some.query);
            }
        }
        add_bonus(found, bonuses);
        return found;
    }

private:
    static void add_bonus(Candidates& candidates, Queries bonuses) {
        if (candidates.bonus) {
            bonuses.push_back(*candidates.bonus);
        }
        if (!bonuses.empty()) {
            candidates.bonus = joined<postings::AnyOf>(bonuses);
        }
    }

    // Moves a bonus out of its alternative: it raises the rank of all of them.
    static void move_bonus(Candidates& from, Queries& into) {
        if (from.bonus) {
            into.push_back(*from.bonus);
            from.bonus.reset();
        }
    }

    Candidates without_bonus(const match::Condition& condition) const {
        return std::visit(
            match::Overloaded{
                [&](const match::Words& words) { return build_words(words, condition.weight); },
                [&](const match::Near& near) { return inexact(build_all(near.parts)); },
                [&](const match::InOneSentence& one) { return inexact(build_all(one.parts)); },
                [&](const match::AllOf& all) { return build_all(all.parts); },
                [&](const match::AnyOf& any) { return build_any(any.parts); },
                [&](const match::AtLeast& some) { return build_at_least(some); },
                [&](const match::Not& negation) { return build_rest(negation.parts.front()); },
                [](const match::InDocuments& documents) { return build_documents(documents); },
                [&](const match::HasFact&) { return anything(); }},
            condition.test);
    }

    Candidates anything() const { return {.most = m_postings.documents()}; }

    static Candidates inexact(Candidates candidates) {
        candidates.exact = false;
        return candidates;
    }

    // The documents that a condition is not true of.
    Candidates build_rest(const match::Condition& condition) const {
        Candidates inner = build(condition);
        inner.bonus.reset();
        Candidates rest = anything();
        if (inner.exact && inner.query) {
            rest.excluded = join_query(inner);
            rest.exact = true;
        }
        return rest;
    }

    // Queries that all have to be true, and how many documents that can be at most.
    struct Terms {
        Queries queries;
        std::uint64_t most = UINT64_MAX;
    };

    std::uint64_t frequency(const std::string& term) const { return m_postings.frequency(term); }

    // Adds what every text has in which the element stands.
    void add_element(const match::Pattern::Element& element, const match::WordPlace& place,
                     Terms& words) const {
        if (element.form != match::ElementForm::prefix) {
            std::string term = place.term(element.stem);
            words.most = std::min(words.most, frequency(term));
            words.queries.push_back({postings::Term{std::move(term)}});
            return;
        }
        std::uint64_t most = 0;
        postings::OneWord word;
        for (const std::string& stem : element.expansions) {
            word.names.push_back(place.term(stem));
            most += frequency(word.names.back());
        }
        words.most = std::min(words.most, most);
        words.queries.push_back({std::move(word)});
    }

    // The end of the positions from `begin` on that joined forms tie together.
    static std::size_t end_of_segment(const match::Pattern& pattern, std::size_t begin) {
        std::size_t end = begin + 1;
        for (std::size_t at = begin; at < end; ++at) {
            for (const match::Pattern::Element& element : pattern.positions()[at]) {
                end = std::max(end, at + element.width);
            }
        }
        return std::min(end, pattern.positions().size());
    }

    // Adds all parts of the segment, or any joined form of it, unless a text may have neither.
    void add_segment(const match::Pattern& pattern, std::pair<std::size_t, std::size_t> segment,
                     const match::WordPlace& place, Terms& words) const {
        Terms parts;
        std::vector<const match::Pattern::Element*> forms;
        for (std::size_t at = segment.first; at < segment.second; ++at) {
            for (const match::Pattern::Element& element : pattern.positions()[at]) {
                if (element.width > 1) {
                    forms.push_back(&element);
                } else if (element.indexed) {
                    add_element(element, place, parts);
                }
            }
        }
        if (parts.queries.empty() ||
            std::ranges::any_of(
                forms, [](const match::Pattern::Element* form) { return !form->indexed; })) {
            return;
        }
        Queries ways = {joined<postings::AllOf>(parts.queries)};
        for (const match::Pattern::Element* form : forms) {
            Terms whole;
            add_element(*form, place, whole);
            parts.most += whole.most;
            ways.push_back(whole.queries.front());
        }
        words.most = std::min(words.most, parts.most);
        words.queries.push_back(joined<postings::AnyOf>(ways));
    }

    Terms words_in(const match::Pattern& pattern, const match::WordPlace& place) const {
        Terms words;
        for (std::size_t at = 0; at < pattern.positions().size();) {
            const std::size_t end = end_of_segment(pattern, at);
            add_segment(pattern, {at, end}, place, words);
            at = end;
        }
        return words;
    }

    Candidates build_words(const match::Words& words, double weight) const {
        const bool posted = words.evidence == match::Evidence::postings;
        Queries places;
        std::uint64_t most = 0;
        for (const match::WordPlace& place : match::word_places(words.place, words.scope)) {
            const Terms terms =
                posted ? stem_in(words.pattern, place) : words_in(words.pattern, place);
            if (terms.queries.empty()) {
                return anything();
            }
            most += terms.most;
            const bool lesser =
                place.place == match::Place::heading && words.place == match::Place::anywhere;
            places.push_back(weighed(joined<postings::AllOf>(terms.queries),
                                     lesser ? ranking::k_heading_weight : 1));
        }
        return {.query = weighed(joined<postings::AnyOf>(places), weight),
                .exact = posted,
                .in_scope = true,
                .most = most};
    }

    Terms stem_in(const match::Pattern& word, const match::WordPlace& place) const {
        std::string term = place.term(word.positions().front().front().stem);
        const std::uint64_t most = frequency(term);
        return {{{postings::Term{std::move(term)}}}, most};
    }

    Candidates build_all(const match::Conditions& parts) const {
        Candidates every{.exact = true, .most = m_postings.documents()};
        Queries asked;
        Queries excluded;
        Queries bonuses;
        for (const match::Condition& part : parts) {
            Candidates some = build(part);
            if (some.query) {
                asked.push_back(*some.query);
            }
            if (some.excluded) {
                excluded.push_back(*some.excluded);
            }
            if (some.bonus) {
                bonuses.push_back(*some.bonus);
            }
            every.exact = every.exact && some.exact;
            every.in_scope = every.in_scope || some.in_scope;
            every.most = std::min(every.most, some.most);
        }
        if (!asked.empty()) {
            every.query = joined<postings::AllOf>(std::move(asked));
        }
        if (!excluded.empty()) {
            every.excluded = joined<postings::AnyOf>(std::move(excluded));
        }
        if (!bonuses.empty()) {
            every.bonus = joined<postings::AnyOf>(std::move(bonuses));
        }
        return every;
    }

    Candidates build_any(const match::Conditions& parts) const {
        Candidates either{.exact = true, .in_scope = true};
        Queries asked;
        Queries bonuses;
        for (const match::Condition& part : parts) {
            Candidates some = build(part);
            if (!some.query) {
                return anything();
            }
            move_bonus(some, bonuses);
            asked.push_back(join_query(some));
            either.exact = either.exact && some.exact;
            either.in_scope = either.in_scope && some.in_scope;
            either.most += some.most;
        }
        either.query = joined<postings::AnyOf>(asked);
        add_bonus(either, bonuses);
        return either;
    }

    // Documents that lack two of seven parts have one of any three: the rarest are looked at.
    Candidates build_at_least(const match::AtLeast& condition) const {
        std::vector<Candidates> parts;
        Queries all;
        Queries bonuses;
        Candidates found{.exact = true, .in_scope = true};
        for (const match::Condition& part : condition.parts) {
            Candidates some = build(part);
            if (!some.query) {
                return anything();
            }
            move_bonus(some, bonuses);
            all.push_back(join_query(some));
            parts.push_back(std::move(some));
        }
        if (condition.wanted == 0) {
            bonuses.push_back(joined<postings::AnyOf>(all));
            found = {.exact = true, .most = m_postings.documents()};
            add_bonus(found, bonuses);
            return found;
        }
        const std::size_t rarest = parts.size() - condition.wanted + 1;
        std::ranges::sort(parts, {}, &Candidates::most);
        Queries rare;
        for (const Candidates& part : std::span(parts).first(rarest)) {
            rare.push_back(join_query(part));
            found.exact = found.exact && part.exact && rarest == parts.size();
            found.in_scope = found.in_scope && part.in_scope;
            found.most += part.most;
        }
        found.query = joined<postings::AnyOf>(all);
        if (rarest < parts.size()) {
            found.query = Query{postings::Among{
                {*std::move(found.query), joined<postings::AnyOf>(std::move(rare))}}};
        }
        add_bonus(found, bonuses);
        return found;
    }

    static Candidates build_documents(const match::InDocuments& documents) {
        return {.query = Query{postings::Documents{documents.ranges}},
                .exact = true,
                .most = count_documents(documents.ranges)};
    }

    const postings::Postings& m_postings;
};

}  // namespace

Candidates build_candidates(const match::Condition& condition, const postings::Postings& postings) {
    return CandidateBuilder(postings).build(condition);
}

std::uint64_t count_documents(const std::vector<index_format::DocumentRange>& ranges) {
    std::uint64_t documents = 0;
    for (const index_format::DocumentRange& range : ranges) {
        documents += range.last - range.first + 1;
    }
    return documents;
}

postings::Query join_query(const Candidates& candidates) {
    Query query = candidates.query ? *candidates.query : Query{postings::Everything{}};
    if (candidates.excluded) {
        query = Query{postings::Without{{std::move(query), *candidates.excluded}}};
    }
    if (candidates.bonus) {
        query = Query{postings::RaisedBy{{std::move(query), *candidates.bonus}}};
    }
    return query;
}

}  // namespace smallprint::search

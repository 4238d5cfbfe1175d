// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/search/candidate_query.h"

#include "common/index_format/directory.h"
#include "searcher/match/condition.h"
#include "searcher/match/pattern.h"
#include "searcher/match/word_places.h"
#include "searcher/search/ranking.h"

#include <xapian.h>

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

using Queries = std::vector<Xapian::Query>;
using Operator = Xapian::Query::op;

Xapian::Query joined(Operator op, const Queries& queries) {
    return queries.size() == 1 ? queries.front()
                               : Xapian::Query(op, queries.begin(), queries.end());
}

Xapian::Query weighed(const Xapian::Query& query, double weight) {
    return weight == 1 ? query : Xapian::Query(Xapian::Query::OP_SCALE_WEIGHT, query, weight);
}

// Lets a Xapian query pass the documents of some ranges only.
class RangeSource : public Xapian::PostingSource {
public:
    // Sorted, not overlapping.
    explicit RangeSource(std::vector<index_format::DocumentRange> ranges)
        : m_ranges(std::move(ranges)),
          m_documents(static_cast<Xapian::doccount>(count_documents(m_ranges))) {}

    Xapian::doccount get_termfreq_min() const override { return m_documents; }

    Xapian::doccount get_termfreq_est() const override { return m_documents; }

    Xapian::doccount get_termfreq_max() const override { return m_documents; }

    void init(const Xapian::Database& /*database*/) override {
        m_range = 0;
        m_document = 0;
    }

    void next(double min_weight) override { skip_to(m_document + 1, min_weight); }

    void skip_to(Xapian::docid document, double /*min_weight*/) override {
        document = std::max(document, m_document);
        while (m_range < m_ranges.size() && m_ranges[m_range].last < document) {
            ++m_range;
        }
        if (m_range < m_ranges.size()) {
            m_document = std::max(document, m_ranges[m_range].first);
        }
    }

    bool at_end() const override { return m_range == m_ranges.size(); }

    Xapian::docid get_docid() const override { return m_document; }

    Xapian::PostingSource* clone() const override { return new RangeSource(m_ranges); }

    std::string get_description() const override { return "RangeSource"; }

private:
    std::vector<index_format::DocumentRange> m_ranges;
    Xapian::doccount m_documents;
    std::size_t m_range = 0;
    Xapian::docid m_document = 0;
};

class CandidateBuilder {
public:
    explicit CandidateBuilder(const Xapian::Database& postings) : m_postings(postings) {}

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
            candidates.bonus = joined(Xapian::Query::OP_OR, bonuses);
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

    Candidates anything() const { return {.most = m_postings.get_doccount()}; }

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

    std::uint64_t frequency(const std::string& term) const { return m_postings.get_termfreq(term); }

    // Adds what every text has in which the element stands.
    void add_element(const match::Pattern::Element& element, const match::WordPlace& place,
                     Terms& words) const {
        std::uint64_t most = 0;
        Queries stems;
        if (element.form == match::ElementForm::prefix) {
            for (const std::string& stem : element.expansions) {
                stems.emplace_back(place.term(stem));
                most += frequency(place.term(stem));
            }
        } else {
            stems.emplace_back(place.term(element.stem));
            most = frequency(place.term(element.stem));
        }
        words.most = std::min(words.most, most);
        words.queries.push_back(stems.empty() ? Xapian::Query()
                                              : joined(Xapian::Query::OP_SYNONYM, stems));
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
        Queries ways = {joined(Xapian::Query::OP_AND, parts.queries)};
        for (const match::Pattern::Element* form : forms) {
            Terms whole;
            add_element(*form, place, whole);
            parts.most += whole.most;
            ways.push_back(whole.queries.front());
        }
        words.most = std::min(words.most, parts.most);
        words.queries.push_back(joined(Xapian::Query::OP_OR, ways));
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
            places.push_back(weighed(joined(Xapian::Query::OP_AND, terms.queries),
                                     lesser ? ranking::k_heading_weight : 1));
        }
        return {.query = weighed(joined(Xapian::Query::OP_OR, places), weight),
                .exact = posted,
                .in_scope = true,
                .most = most};
    }

    Terms stem_in(const match::Pattern& word, const match::WordPlace& place) const {
        const std::string term = place.term(word.positions().front().front().stem);
        return {{Xapian::Query(term)}, frequency(term)};
    }

    Candidates build_all(const match::Conditions& parts) const {
        Candidates every{.exact = true, .most = m_postings.get_doccount()};
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
        const auto put = [](std::optional<Xapian::Query>& into, Operator op, const Queries& from) {
            if (!from.empty()) {
                into = joined(op, from);
            }
        };
        put(every.query, Xapian::Query::OP_AND, asked);
        put(every.excluded, Xapian::Query::OP_OR, excluded);
        put(every.bonus, Xapian::Query::OP_OR, bonuses);
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
        either.query = joined(Xapian::Query::OP_OR, asked);
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
            bonuses.push_back(joined(Xapian::Query::OP_OR, all));
            found = {.exact = true, .most = m_postings.get_doccount()};
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
        found.query = joined(Xapian::Query::OP_OR, all);
        if (rarest < parts.size()) {
            found.query = Xapian::Query(Xapian::Query::OP_FILTER, *found.query,
                                        joined(Xapian::Query::OP_OR, rare));
        }
        add_bonus(found, bonuses);
        return found;
    }

    static Candidates build_documents(const match::InDocuments& documents) {
        RangeSource source(documents.ranges);
        // Cloned by the query. It weighs nothing.
        return {.query = Xapian::Query(&source),
                .exact = true,
                .most = count_documents(documents.ranges)};
    }

    const Xapian::Database& m_postings;
};

}  // namespace

Candidates build_candidates(const match::Condition& condition, const Xapian::Database& postings) {
    return CandidateBuilder(postings).build(condition);
}

std::uint64_t count_documents(const std::vector<index_format::DocumentRange>& ranges) {
    std::uint64_t documents = 0;
    for (const index_format::DocumentRange& range : ranges) {
        documents += range.last - range.first + 1;
    }
    return documents;
}

Xapian::Query join_query(const Candidates& candidates) {
    // Xapian's own MatchAll is one object for all threads, and counts its uses without a lock.
    Xapian::Query query = candidates.query ? *candidates.query : Xapian::Query(std::string());
    if (candidates.excluded) {
        query = Xapian::Query(Xapian::Query::OP_AND_NOT, query, *candidates.excluded);
    }
    if (candidates.bonus) {
        query = Xapian::Query(Xapian::Query::OP_AND_MAYBE, query, *candidates.bonus);
    }
    return query;
}

}  // namespace smallprint::search

// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/search/candidate_query.h"

#include "common/fields/field_table.h"
#include "common/index_format/directory.h"
#include "searcher/match/condition.h"
#include "searcher/match/pattern.h"
#include "searcher/search/range_source.h"
#include "searcher/search/ranking.h"

#include <xapian.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace smallprint {
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

class Proposer {
public:
    explicit Proposer(const Xapian::Database& postings) : m_postings(postings) {}

    Candidates of(const Condition& condition) const {
        Candidates found = without_bonus(condition);
        Queries bonuses;
        for (const Condition& bonus : condition.bonus) {
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

    // What raises the rank of one alternative raises that of all.
    static void take_bonus(Candidates& from, Queries& into) {
        if (from.bonus) {
            into.push_back(*from.bonus);
            from.bonus.reset();
        }
    }

    Candidates without_bonus(const Condition& condition) const {
        switch (condition.kind) {
        case ConditionKind::word:
        case ConditionKind::pattern:
            return of_words(condition);
        case ConditionKind::near:
        case ConditionKind::sentence: {
            Candidates every = of_all(condition.children);
            every.exact = false;
            return every;
        }
        case ConditionKind::all:
            return of_all(condition.children);
        case ConditionKind::any:
            return of_any(condition.children);
        case ConditionKind::most:
            return of_most(condition);
        case ConditionKind::negation: {
            Candidates inner = of(condition.children.front());
            inner.bonus.reset();
            Candidates rest;
            if (inner.exact && inner.query) {
                rest.excluded = query_of(inner);
                rest.exact = true;
            }
            rest.most = m_postings.get_doccount();
            return rest;
        }
        case ConditionKind::documents:
            return of_documents(condition);
        case ConditionKind::time:
            break;
        }
        return {.most = m_postings.get_doccount()};
    }

    struct Words {
        Queries queries;
        std::uint64_t most = UINT64_MAX;
    };

    std::uint64_t frequency(const std::string& term) const { return m_postings.get_termfreq(term); }

    // What every text has in which the element stands.
    void add_element(const Pattern::Element& element, Field field, Words& words) const {
        std::uint64_t most = 0;
        Queries stems;
        if (element.form == ElementForm::prefix) {
            for (const std::string& stem : element.expansions) {
                stems.emplace_back(make_term(field, stem));
                most += frequency(make_term(field, stem));
            }
        } else {
            stems.emplace_back(make_term(field, element.stem));
            most = frequency(make_term(field, element.stem));
        }
        words.most = std::min(words.most, most);
        words.queries.push_back(stems.empty() ? Xapian::Query()
                                              : joined(Xapian::Query::OP_SYNONYM, stems));
    }

    // Where a stretch of positions that joined forms tie together ends: [begin, end).
    static std::size_t end_of_segment(const Pattern& pattern, std::size_t begin) {
        std::size_t end = begin + 1;
        for (std::size_t at = begin; at < end; ++at) {
            for (const Pattern::Element& element : pattern.positions()[at]) {
                end = std::max(end, at + element.width);
            }
        }
        return std::min(end, pattern.positions().size());
    }

    // All parts of the segment, or any joined form of it. False if a text may have neither.
    bool add_segment(const Pattern& pattern, std::pair<std::size_t, std::size_t> segment,
                     Field field, Words& words) const {
        Words parts;
        std::vector<const Pattern::Element*> forms;
        for (std::size_t at = segment.first; at < segment.second; ++at) {
            for (const Pattern::Element& element : pattern.positions()[at]) {
                if (element.width > 1) {
                    forms.push_back(&element);
                } else if (element.indexed) {
                    add_element(element, field, parts);
                }
            }
        }
        if (parts.queries.empty() || std::ranges::any_of(forms, [](const Pattern::Element* form) {
                return !form->indexed;
            })) {
            return false;
        }
        Queries ways = {joined(Xapian::Query::OP_AND, parts.queries)};
        for (const Pattern::Element* form : forms) {
            Words whole;
            add_element(*form, field, whole);
            parts.most += whole.most;
            ways.push_back(whole.queries.front());
        }
        words.most = std::min(words.most, parts.most);
        words.queries.push_back(joined(Xapian::Query::OP_OR, ways));
        return true;
    }

    Words words_in(const Pattern& pattern, Field field) const {
        Words words;
        for (std::size_t at = 0; at < pattern.positions().size();) {
            const std::size_t end = end_of_segment(pattern, at);
            add_segment(pattern, {at, end}, field, words);
            at = end;
        }
        return words;
    }

    Candidates of_words(const Condition& condition) const {
        Queries places;
        std::uint64_t most = 0;
        for (const Field field : {Field::text, Field::heading}) {
            if (condition.place == (field == Field::text ? Place::heading : Place::text)) {
                continue;
            }
            const Words words = condition.kind == ConditionKind::word
                                    ? word_in(condition, field)
                                    : words_in(condition.pattern, field);
            if (words.queries.empty()) {
                return {.most = m_postings.get_doccount()};
            }
            most += words.most;
            const bool lesser = field == Field::heading && condition.place == Place::anywhere;
            places.push_back(weighed(joined(Xapian::Query::OP_AND, words.queries),
                                     lesser ? ranking::k_heading_weight : 1));
        }
        return {.query = weighed(joined(Xapian::Query::OP_OR, places), condition.weight),
                .exact = condition.kind == ConditionKind::word,
                .clauses = true,
                .most = most};
    }

    Words word_in(const Condition& word, Field field) const {
        const std::string term = make_term(field, stem_of(word));
        return {{Xapian::Query(term)}, frequency(term)};
    }

    Candidates of_all(const std::vector<Condition>& children) const {
        Candidates every{.exact = true, .most = m_postings.get_doccount()};
        Queries asked;
        Queries excluded;
        Queries bonuses;
        for (const Condition& child : children) {
            Candidates some = of(child);
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
            every.clauses = every.clauses || some.clauses;
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

    Candidates of_any(const std::vector<Condition>& children) const {
        Candidates either{.exact = true, .clauses = true};
        Queries asked;
        Queries bonuses;
        for (const Condition& child : children) {
            Candidates some = of(child);
            if (!some.query) {
                return {.most = m_postings.get_doccount()};
            }
            take_bonus(some, bonuses);
            asked.push_back(query_of(some));
            either.exact = either.exact && some.exact;
            either.clauses = either.clauses && some.clauses;
            either.most += some.most;
        }
        either.query = joined(Xapian::Query::OP_OR, asked);
        add_bonus(either, bonuses);
        return either;
    }

    // What has all of them but two has one of any three: the rarest.
    Candidates of_most(const Condition& condition) const {
        std::vector<Candidates> parts;
        Queries all;
        Queries bonuses;
        Candidates most{.exact = true, .clauses = true};
        for (const Condition& child : condition.children) {
            Candidates part = of(child);
            if (!part.query) {
                return {.most = m_postings.get_doccount()};
            }
            take_bonus(part, bonuses);
            all.push_back(query_of(part));
            parts.push_back(std::move(part));
        }
        const std::size_t needed = condition.lack + 1;
        if (needed > parts.size()) {
            bonuses.push_back(joined(Xapian::Query::OP_OR, all));
            most = {.exact = true, .most = m_postings.get_doccount()};
            add_bonus(most, bonuses);
            return most;
        }
        std::ranges::sort(parts, {}, &Candidates::most);
        Queries rare;
        for (const Candidates& part : std::span(parts).first(needed)) {
            rare.push_back(query_of(part));
            most.exact = most.exact && part.exact && needed == parts.size();
            most.clauses = most.clauses && part.clauses;
            most.most += part.most;
        }
        most.query = joined(Xapian::Query::OP_OR, all);
        if (needed < parts.size()) {
            most.query = Xapian::Query(Xapian::Query::OP_FILTER, *most.query,
                                       joined(Xapian::Query::OP_OR, rare));
        }
        add_bonus(most, bonuses);
        return most;
    }

    Candidates of_documents(const Condition& condition) const {
        RangeSource source(condition.ranges);
        std::uint64_t documents = 0;
        for (const DocumentRange& range : condition.ranges) {
            documents += range.last - range.first + 1;
        }
        // Cloned by the query. It weighs nothing.
        return {.query = Xapian::Query(&source), .exact = true, .most = documents};
    }

    const Xapian::Database& m_postings;
};

}  // namespace

Candidates build_candidates(const Condition& condition, const Xapian::Database& postings) {
    return Proposer(postings).of(condition);
}

Xapian::Query query_of(const Candidates& candidates) {
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

}  // namespace smallprint

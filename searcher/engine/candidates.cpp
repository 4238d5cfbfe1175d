// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/engine/candidates.h"

#include "common/base/error.h"
#include "common/base/result.h"
#include "common/fields/field_table.h"
#include "common/index_format/xapian_guard.h"
#include "searcher/engine/engine.h"
#include "searcher/engine/index.h"
#include "searcher/engine/pattern.h"
#include "searcher/engine/range_source.h"
#include "searcher/engine/synonyms.h"
#include "searcher/engine/vendors.h"
#include "searcher/query/ast.h"

#include <fmt/format.h>
#include <xapian.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace smallprint {
namespace {

// A word in a heading above the clause counts less than one in its text.
constexpr double k_heading_weight = 0.5;
// Equivalents count less than the user's own words.
constexpr double k_synonym_weight = 0.7;

Xapian::Query word_query(const std::string& stem) {
    const Xapian::Query in_text(make_term(Field::text, stem));
    const Xapian::Query in_heading(Xapian::Query::OP_SCALE_WEIGHT,
                                   Xapian::Query(make_term(Field::heading, stem)),
                                   k_heading_weight);
    return in_text | in_heading;
}

Xapian::Query all_of(const std::vector<Xapian::Query>& queries) {
    return {Xapian::Query::OP_AND, queries.begin(), queries.end()};
}

// Every word that has postings, or a joined form of them.
Xapian::Query field_query(const Pattern& pattern, Field field) {
    std::vector<Xapian::Query> words;
    std::vector<Xapian::Query> joined;
    for (const auto& elements : pattern.positions()) {
        for (const Pattern::Element& element : elements) {
            if (!element.stop_word) {
                (element.width == 1 ? words : joined).emplace_back(make_term(field, element.stem));
            }
        }
    }
    if (words.empty() || joined.empty()) {
        return words.empty() ? Xapian::Query(Xapian::Query::OP_OR, joined.begin(), joined.end())
                             : all_of(words);
    }
    return all_of(words) | Xapian::Query(Xapian::Query::OP_OR, joined.begin(), joined.end());
}

bool has_postings(const Pattern& pattern) {
    return std::ranges::any_of(pattern.positions(), [](const auto& elements) {
        return std::ranges::any_of(elements, [](const auto& e) { return !e.stop_word; });
    });
}

// Builds a plan part by part.
class Planner {
public:
    Planner(const Query& query, const SynonymIndex& synonyms, Index& index)
        : m_query(query), m_synonyms(synonyms), m_index(index) {}

    Result<QueryPlan> plan() {
        while (m_at < m_query.parts.size()) {
            TRY(take_part());
        }
        if (m_plan.parts.empty()) {
            return fail(Error{ErrorCode::query,
                              m_plan.words.empty() ? "the query has no words"
                                                   : "every word of the query is too common",
                              "add a word that says what the clause is about", 0});
        }
        return std::move(m_plan);
    }

private:
    Pattern pattern_of(std::string_view text) const {
        return {text, m_index.tokenizer(), m_index.stemmer()};
    }

    Result<void> take_part() {
        const QueryPart& part = m_query.parts[m_at];
        if (part.kind == PartKind::word && take_synonyms()) {
            return {};
        }
        ++m_at;
        Pattern pattern = pattern_of(part.text);
        count_words(pattern);
        if (has_postings(pattern)) {
            add_part(std::move(pattern), part.kind);
        } else if (part.kind == PartKind::phrase) {
            return fail(Error{ErrorCode::query,
                              "every word of this phrase is too common to be looked for",
                              "add a word that says what the phrase is about", part.begin});
        }
        return {};
    }

    void add_part(Pattern pattern, PartKind kind) {
        const bool single = pattern.positions().size() == 1;
        PlannedPart planned;
        planned.query = single && kind == PartKind::word
                            ? word_query(pattern.positions()[0][0].stem)
                            : field_query(pattern, Field::text);
        planned.decided = !single;
        planned.patterns.push_back(std::move(pattern));
        m_plan.parts.push_back(std::move(planned));
    }

    // Words from m_at on that the thesaurus knows become one part.
    bool take_synonyms() {
        std::vector<std::string> stems;
        std::vector<Pattern> patterns;
        for (std::size_t at = m_at; at < m_query.parts.size(); ++at) {
            Pattern pattern = pattern_of(m_query.parts[at].text);
            if (m_query.parts[at].kind != PartKind::word || pattern.positions().size() != 1) {
                break;
            }
            stems.push_back(pattern.positions()[0][0].stem);
            patterns.push_back(std::move(pattern));
        }
        const SynonymIndex::Match match = m_synonyms.match(stems);
        if (match.words == 0) {
            return false;
        }
        patterns.erase(patterns.begin() + static_cast<std::ptrdiff_t>(match.words), patterns.end());
        add_synonyms(std::move(patterns), match.synonyms);
        m_at += match.words;
        return true;
    }

    void add_synonyms(std::vector<Pattern> words, const std::vector<std::string>& synonyms) {
        PlannedPart planned;
        std::vector<Xapian::Query> queries;
        for (Pattern& word : words) {
            count_words(word);
            if (has_postings(word)) {
                queries.push_back(word_query(word.positions()[0][0].stem));
            }
            planned.patterns.push_back(std::move(word));
        }
        planned.query = all_of(queries);
        for (const std::string& synonym : synonyms) {
            Pattern pattern = pattern_of(synonym);
            planned.query |= Xapian::Query(Xapian::Query::OP_SCALE_WEIGHT,
                                           field_query(pattern, Field::text), k_synonym_weight);
            planned.patterns.push_back(std::move(pattern));
            m_plan.synonyms.push_back(synonym);
        }
        m_plan.parts.push_back(std::move(planned));
    }

    void count_words(const Pattern& pattern) {
        for (const auto& elements : pattern.positions()) {
            for (const Pattern::Element& element : elements) {
                if (element.width == 1) {
                    m_plan.words.push_back(
                        {element.word,
                         m_index.postings().get_termfreq(make_term(Field::text, element.stem)),
                         element.stop_word});
                }
            }
        }
    }

    const Query& m_query;
    const SynonymIndex& m_synonyms;
    Index& m_index;
    std::size_t m_at = 0;
    QueryPlan m_plan;
};

}  // namespace

bool QueryPlan::reads_text() const {
    return std::ranges::any_of(parts, &PlannedPart::decided);
}

Result<QueryPlan> plan_query(const Query& query, const SynonymIndex& synonyms, Index& index) {
    TRY_ASSIGN(Result<QueryPlan> plan,
               guard_xapian([&] { return Planner(query, synonyms, index).plan(); }));
    return plan;
}

Xapian::Query candidates(const QueryPlan& plan, Demand demand) {
    std::vector<Xapian::Query> wanted;
    wanted.reserve(plan.parts.size());
    for (const PlannedPart& part : plan.parts) {
        wanted.push_back(part.query);
    }
    if (demand == Demand::all_parts || wanted.size() < 2) {
        return all_of(wanted);
    }
    std::vector<Xapian::Query> choices = {all_of(wanted)};
    for (std::size_t left_out = 0; left_out < wanted.size(); ++left_out) {
        if (!plan.parts[left_out].decided) {
            std::vector<Xapian::Query> others = wanted;
            others.erase(others.begin() + static_cast<std::ptrdiff_t>(left_out));
            choices.push_back(all_of(others));
        }
    }
    const Xapian::Query most(Xapian::Query::OP_OR, choices.begin(), choices.end());
    const Xapian::Query any(Xapian::Query::OP_OR, wanted.begin(), wanted.end());
    // The choices only admit; each word is weighed once.
    return {Xapian::Query::OP_FILTER, any, most};
}

Result<Xapian::Query> filtered(Xapian::Query query, const Filters& filters, Index& index) {
    if (!filters.heading.empty()) {
        const Pattern words(filters.heading, index.tokenizer(), index.stemmer());
        if (!has_postings(words)) {
            return fail(ErrorCode::usage,
                        fmt::format("--heading '{}' has no word to look for", filters.heading),
                        "words such as 'the' stand in too many headings");
        }
        query = Xapian::Query(Xapian::Query::OP_FILTER, query, field_query(words, Field::heading));
    }
    if (!filters.vendors.empty()) {
        TRY_ASSIGN(std::vector<DocumentRange> ranges, documents_of(filters.vendors, index));
        RangeSource source(std::move(ranges));
        query =
            Xapian::Query(Xapian::Query::OP_FILTER, query, Xapian::Query(&source));  // clones it
    }
    return query;
}

}  // namespace smallprint

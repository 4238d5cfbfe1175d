// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/search/compile.h"

#include "common/base/error.h"
#include "common/base/result.h"
#include "common/fields/field_table.h"
#include "common/index_format/directory.h"
#include "common/index_format/xapian_guard.h"
#include "searcher/index/index.h"
#include "searcher/index/lookup.h"
#include "searcher/match/condition.h"
#include "searcher/query/ast.h"
#include "searcher/query/describe.h"
#include "searcher/query/question.h"
#include "searcher/request/requests.h"
#include "searcher/search/compile_words.h"
#include "searcher/search/filter_nodes.h"
#include "searcher/search/synonyms.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace smallprint::search {
namespace {

bool is_field(const query::Node& node, Field field) {
    return node.kind == query::NodeKind::field && node.field == field;
}

// The days that both spans have.
query::DayRange common_days(const query::DayRange& a, const query::DayRange& b) {
    query::DayRange both = a;
    if (b.from && (!both.from || *b.from > *both.from)) {
        both.from = b.from;
    }
    if (b.to && (!both.to || *b.to < *both.to)) {
        both.to = b.to;
    }
    return both;
}

// In which span something has to have changed that stands beside these.
struct ChangeSpan {
    bool wanted = false;  // something has; the span then says when, not when the clause stood
    query::DayRange days;
};

ChangeSpan change_span(std::span<const query::Node> nodes) {
    ChangeSpan span;
    span.wanted = std::ranges::any_of(
        nodes, [](const query::Node& node) { return is_field(node, Field::change); });
    for (const query::Node& node : nodes) {
        if (span.wanted && is_field(node, Field::date) && !node.value.unknown) {
            span.days = common_days(span.days, node.value.days);
        }
    }
    return span;
}

class Compiler {
public:
    Compiler(const request::SearchRequest& request, const SynonymIndex& synonyms,
             index::Index& index)
        : m_request(request), m_index(index), m_words(index, synonyms, m_compiled) {}

    Result<CompiledQuery> compile() {
        m_compiled.widening = choose_widening(m_request);
        m_compiled.notes = m_request.query.notes;
        std::vector<query::Node> nodes = filter_nodes(m_request.filters, m_index.tokenizer());
        const std::size_t filters = nodes.size();
        query::Conjunction conjunction = query::Conjunction::juxtaposed;
        if (const std::optional<query::Node>& root = m_request.query.root) {
            if (root->kind == query::NodeKind::all) {
                conjunction = root->conjunction;
                nodes.insert(nodes.end(), root->children.begin(), root->children.end());
            } else {
                nodes.push_back(*root);
            }
        }
        TRY(choose_scope(nodes));
        TRY_ASSIGN(match::Conditions parts, together(nodes, conjunction, {}));
        const bool has_words = std::any_of(
            nodes.begin() + static_cast<std::ptrdiff_t>(filters), nodes.end(),
            [](const query::Node& node) { return node.kind != query::NodeKind::field; });
        if (has_words && m_word_conditions == 0) {
            return fail(Error{ErrorCode::query,
                              m_compiled.words.empty() ? "the query has no words"
                                                       : "every word of the query is too common",
                              "add a word that says what the clause is about", 0});
        }
        if (query::is_question(m_request.query)) {
            require_no_generic_words(parts);
        }
        m_compiled.root.test = match::AllOf{std::move(parts)};
        return std::move(m_compiled);
    }

private:
    // Machines ask in plain words, people in questions: both want what comes nearest, unless they
    // ask for an order in which it would not come first.
    static Widening choose_widening(const request::SearchRequest& request) {
        const bool asks =
            request.query.syntax == query::QuerySyntax::plain || query::is_question(request.query);
        return asks && request.sort == request::Sort::relevance ? Widening::always
                                                                : Widening::when_few;
    }

    // Takes the scope out of the query: it is no condition, and says which words are meant by all.
    Result<void> choose_scope(std::vector<query::Node>& nodes) {
        const query::Node* chosen = nullptr;
        for (const query::Node& node : nodes) {
            if (!is_field(node, Field::scope)) {
                continue;
            }
            if (chosen != nullptr && chosen->value.scope != node.value.scope) {
                return fail(Error{ErrorCode::query, "a query looks in one place only",
                                  "write in:all to look everywhere", node.begin});
            }
            chosen = &node;
            m_compiled.scope = node.value.scope;
        }
        std::erase_if(nodes, [](const query::Node& node) { return is_field(node, Field::scope); });
        return {};
    }

    // Unless there are no others.
    void require_no_generic_words(match::Conditions& parts) {
        const auto is_telling = [](const match::Condition& condition) {
            return condition.may_lack && !condition.generic;
        };
        if (std::ranges::any_of(parts, is_telling)) {
            match::Conditions required;
            for (match::Condition& part : parts) {
                (part.generic ? m_compiled.root.bonus : required).push_back(std::move(part));
            }
            parts = std::move(required);
        }
    }

    Result<match::Condition> of(const query::Node& node, const Surroundings& around) {
        switch (node.kind) {
        case query::NodeKind::word:
        case query::NodeKind::exact_word:
        case query::NodeKind::prefix:
        case query::NodeKind::phrase:
            return m_words.term(node, around);
        case query::NodeKind::near:
        case query::NodeKind::sentence:
            return measured(node, around);
        case query::NodeKind::all:
            return all_of(node, node.conjunction, around,
                          "add a word that says what the clause is about");
        case query::NodeKind::any: {
            TRY_ASSIGN(match::Conditions parts, each(node.children, around));
            return match::Condition{match::AnyOf{std::move(parts)}};
        }
        case query::NodeKind::negation: {
            Surroundings inside = around;
            inside.negated = true;
            TRY_ASSIGN(match::Conditions parts, each(node.children, inside));
            return match::Condition{match::Not{std::move(parts)}};
        }
        case query::NodeKind::field:
            return field(node, around);
        }
        return match::Condition();
    }

    // All children; at least one of them has to say something.
    Result<match::Condition> all_of(const query::Node& node, query::Conjunction conjunction,
                                    const Surroundings& around, std::string_view hint) {
        TRY_ASSIGN(match::Conditions parts, together(node.children, conjunction, around));
        if (parts.empty()) {
            return place_error(
                Error{ErrorCode::query, "every word of this is too common", std::string(hint)},
                node);
        }
        return match::Condition{match::AllOf{std::move(parts)}};
    }

    Result<match::Conditions> each(std::span<const query::Node> nodes, const Surroundings& around) {
        match::Conditions conditions;
        for (const query::Node& node : nodes) {
            TRY_ASSIGN(match::Condition condition, of(node, around));
            conditions.push_back(std::move(condition));
        }
        return conditions;
    }

    // All of these are required.
    Result<match::Conditions> together(std::span<const query::Node> nodes,
                                       query::Conjunction conjunction, const Surroundings& around) {
        match::Conditions conditions;
        const ChangeSpan change = change_span(nodes);
        for (std::size_t at = 0; at < nodes.size();) {
            std::size_t words = 0;
            while (conjunction == query::Conjunction::juxtaposed && at + words < nodes.size() &&
                   nodes[at + words].kind == query::NodeKind::word) {
                ++words;
            }
            if (words > 0) {
                for (match::Condition& word :
                     m_words.juxtaposed(nodes.subspan(at, words), around)) {
                    conditions.push_back(std::move(word));
                    m_word_conditions += around.place == match::Place::heading ? 0U : 1U;
                }
            } else if (is_field(nodes[at], Field::change)) {
                match::HasFact changed{nodes[at].field, nodes[at].value};
                changed.value.days = change.days;
                conditions.push_back({changed});
            } else if (!change.wanted || !is_field(nodes[at], Field::date) ||
                       nodes[at].value.unknown) {
                TRY_ASSIGN(match::Condition condition, of(nodes[at], around));
                conditions.push_back(std::move(condition));
                m_word_conditions += nodes[at].kind == query::NodeKind::field ? 0U : 1U;
            }
            at += std::max<std::size_t>(words, 1);
        }
        return conditions;
    }

    Result<match::Condition> measured(const query::Node& node, const Surroundings& around) {
        if (around.place == match::Place::heading) {
            return fail(Error{ErrorCode::query, "distances are measured in texts, not in headings",
                              "put it outside of heading:", node.begin});
        }
        TRY_ASSIGN(match::Conditions parts,
                   each(node.children, {around.place, true, around.negated}));
        for (const query::Node& child : node.children) {
            if (child.kind == query::NodeKind::all || child.kind == query::NodeKind::negation ||
                child.kind == query::NodeKind::field) {
                return fail(Error{ErrorCode::query, "this cannot be near something",
                                  "words, phrases and OR groups can", child.begin});
            }
        }
        if (node.kind == query::NodeKind::sentence) {
            return match::Condition{match::InOneSentence{std::move(parts)}};
        }
        return match::Condition{match::Near{std::move(parts), node.distance, node.order}};
    }

    Result<match::Condition> field(const query::Node& node, const Surroundings& around) {
        if (node.field == Field::scope) {
            return fail(Error{ErrorCode::query, "in: is for a whole query, not for a part of it",
                              "put it at the end, outside of brackets, without OR and NOT",
                              node.begin});
        }
        switch (row_of(node.field).type) {
        case FieldType::words: {
            Surroundings inside = around;
            inside.place =
                node.field == Field::heading ? match::Place::heading : match::Place::text;
            return all_of(node, query::Conjunction::juxtaposed, inside,
                          "words such as 'the' stand in too many headings");
        }
        case FieldType::exact:
            return node.field == Field::id ? compile_id(node) : compile_policies(node);
        case FieldType::days:
        case FieldType::day:
        case FieldType::choice:
        case FieldType::numbers:
            break;
        }
        return match::Condition{match::HasFact{node.field, node.value}};
    }

    Result<match::Condition> compile_policies(const query::Node& node) {
        auto ranges = index::documents_with(node.field, node.text, m_index);
        if (!ranges) {
            return place_error(std::move(ranges).error(), node);
        }
        return documents(std::move(*ranges), node);
    }

    Result<match::Condition> compile_id(const query::Node& node) {
        const auto found = index::find_id(m_index, node.text);
        if (!found) {
            return place_error(found.error(), node);
        }
        const index_format::DocumentId passage = found->policy + found->number;
        return documents(
            {found->number == 0
                 ? index_format::DocumentRange{found->policy, m_index.last_of(found->policy)}
                 : index_format::DocumentRange{passage, passage}},
            node);
    }

    static match::Condition documents(std::vector<index_format::DocumentRange> ranges,
                                      const query::Node& node) {
        return {match::InDocuments{std::move(ranges), query::format_query(node)}};
    }

    // An error of a filter has no place in the query.
    static Failure place_error(Error error, const query::Node& node) {
        if (node.end > node.begin) {
            error.position = node.begin;
        } else if (error.code == ErrorCode::query) {
            error.code = ErrorCode::usage;
        }
        return fail(std::move(error));
    }

    const request::SearchRequest& m_request;
    index::Index& m_index;
    CompiledQuery m_compiled;
    WordCompiler m_words;
    std::size_t m_word_conditions = 0;  // not of headings or other facts
};

// More than half of the words, or one of two.
match::Condition most_of(match::Conditions words) {
    const std::size_t lacking = std::max<std::size_t>(1, (words.size() - 1) / 2);
    const std::size_t wanted = words.size() - std::min(lacking, words.size());
    return {match::AtLeast{std::move(words), wanted}};
}

// Any of the words, or of what goes together with them.
match::Condition any_of(match::Conditions words) {
    match::AnyOf any;
    for (match::Condition& word : words) {
        std::ranges::move(word.bonus, std::back_inserter(any.parts));
        word.bonus.clear();
    }
    std::ranges::move(words, std::back_inserter(any.parts));
    return {std::move(any)};
}

bool says_what_to_find(const match::Condition& condition) {
    return !std::holds_alternative<match::InDocuments>(condition.test) &&
           !std::holds_alternative<match::HasFact>(condition.test) &&
           !std::holds_alternative<match::Not>(condition.test);
}

}  // namespace

Result<CompiledQuery> compile(const request::SearchRequest& request, const SynonymIndex& synonyms,
                              index::Index& index) {
    TRY_ASSIGN(Result<CompiledQuery> compiled, index_format::guard_xapian([&] {
                   return Compiler(request, synonyms, index).compile();
               }));
    return compiled;
}

std::optional<match::Condition> widen(const CompiledQuery& compiled) {
    match::Conditions wider;
    match::Conditions words;
    bool has_more_words = false;
    for (const match::Condition& part : match::parts_of(compiled.root)) {
        (part.may_lack ? words : wider).push_back(part);
        has_more_words = has_more_words || (!part.may_lack && says_what_to_find(part));
    }
    match::Condition some = compiled.widening == Widening::always ? any_of(std::move(words))
                                                                  : most_of(std::move(words));
    const std::size_t alternatives = match::parts_of(some).size();
    if (alternatives == 0 || (alternatives == 1 && !has_more_words)) {
        return std::nullopt;
    }
    wider.push_back(std::move(some));
    return match::Condition{.test = match::AllOf{std::move(wider)}, .bonus = compiled.root.bonus};
}

}  // namespace smallprint::search

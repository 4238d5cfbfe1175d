// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/search/compile.h"

#include "common/base/error.h"
#include "common/base/result.h"
#include "common/fields/field_table.h"
#include "common/index_format/directory.h"
#include "common/index_format/xapian_guard.h"
#include "searcher/index/find_id.h"
#include "searcher/index/index.h"
#include "searcher/index/vendors.h"
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
#include <utility>
#include <vector>

namespace smallprint {
namespace {

bool is_field(const Node& node, Field field) {
    return node.kind == NodeKind::field && node.field == field;
}

// The days that both spans have.
DayRange common_days(const DayRange& a, const DayRange& b) {
    DayRange both = a;
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
    DayRange days;
};

ChangeSpan change_span(std::span<const Node> nodes) {
    ChangeSpan span;
    span.wanted =
        std::ranges::any_of(nodes, [](const Node& node) { return is_field(node, Field::change); });
    for (const Node& node : nodes) {
        if (span.wanted && is_field(node, Field::date) && !node.unknown_date) {
            span.days = common_days(span.days, node.days);
        }
    }
    return span;
}

class Compiler {
public:
    Compiler(const SearchRequest& request, const SynonymIndex& synonyms, Index& index)
        : m_request(request), m_index(index), m_words(index, synonyms, m_compiled) {}

    Result<CompiledQuery> compile() {
        m_compiled.widening = choose_widening(m_request);
        std::vector<Node> nodes = filter_nodes(m_request.filters, m_index.tokenizer());
        const std::size_t filters = nodes.size();
        Conjunction conjunction = Conjunction::juxtaposed;
        if (const std::optional<Node>& root = m_request.query.root) {
            if (root->kind == NodeKind::all) {
                conjunction = root->conjunction;
                nodes.insert(nodes.end(), root->children.begin(), root->children.end());
            } else {
                nodes.push_back(*root);
            }
        }
        TRY_ASSIGN(m_compiled.root.children, together(nodes, conjunction, {}));
        const bool has_words =
            std::any_of(nodes.begin() + static_cast<std::ptrdiff_t>(filters), nodes.end(),
                        [](const Node& node) { return node.kind != NodeKind::field; });
        if (has_words && m_word_conditions == 0) {
            return fail(Error{ErrorCode::query,
                              m_compiled.words.empty() ? "the query has no words"
                                                       : "every word of the query is too common",
                              "add a word that says what the clause is about", 0});
        }
        if (is_question(m_request.query)) {
            require_no_generic_words();
        }
        return std::move(m_compiled);
    }

private:
    // Machines ask in plain words, people in questions: both want what comes nearest, unless they
    // ask for an order in which it would not come first.
    static Widening choose_widening(const SearchRequest& request) {
        const bool asks = request.query.syntax == QuerySyntax::plain || is_question(request.query);
        return asks && request.sort == Sort::relevance ? Widening::always : Widening::when_few;
    }

    // Unless there are no others.
    void require_no_generic_words() {
        const auto is_telling = [](const Condition& condition) {
            return condition.may_lack && !condition.generic;
        };
        std::vector<Condition>& children = m_compiled.root.children;
        if (std::ranges::any_of(children, is_telling)) {
            std::vector<Condition> required;
            for (Condition& child : children) {
                (child.generic ? m_compiled.root.bonus : required).push_back(std::move(child));
            }
            children = std::move(required);
        }
    }

    Result<Condition> of(const Node& node, const Surroundings& around) {
        switch (node.kind) {
        case NodeKind::word:
        case NodeKind::exact_word:
        case NodeKind::prefix:
        case NodeKind::phrase:
            return m_words.term(node, around);
        case NodeKind::near:
        case NodeKind::sentence:
            return measured(node, around);
        case NodeKind::all: {
            Condition all{.kind = ConditionKind::all};
            TRY_ASSIGN(all.children, together(node.children, node.conjunction, around));
            if (all.children.empty()) {
                return placed(fail(ErrorCode::query, "every word of this is too common",
                                   "add a word that says what the clause is about"),
                              node);
            }
            return all;
        }
        case NodeKind::any: {
            Condition any{.kind = ConditionKind::any};
            TRY_ASSIGN(any.children, each(node.children, around));
            return any;
        }
        case NodeKind::negation: {
            Surroundings inside = around;
            inside.negated = true;
            Condition negation{.kind = ConditionKind::negation};
            TRY_ASSIGN(negation.children, each(node.children, inside));
            return negation;
        }
        case NodeKind::field:
            return field(node, around);
        }
        return Condition();
    }

    Result<std::vector<Condition>> each(std::span<const Node> nodes, const Surroundings& around) {
        std::vector<Condition> conditions;
        for (const Node& node : nodes) {
            TRY_ASSIGN(Condition condition, of(node, around));
            conditions.push_back(std::move(condition));
        }
        return conditions;
    }

    // All of these are required.
    Result<std::vector<Condition>> together(std::span<const Node> nodes, Conjunction conjunction,
                                            const Surroundings& around) {
        std::vector<Condition> conditions;
        const ChangeSpan change = change_span(nodes);
        for (std::size_t at = 0; at < nodes.size();) {
            std::size_t words = 0;
            while (conjunction == Conjunction::juxtaposed && at + words < nodes.size() &&
                   nodes[at + words].kind == NodeKind::word) {
                ++words;
            }
            if (words > 0) {
                for (Condition& word : m_words.juxtaposed(nodes.subspan(at, words), around)) {
                    conditions.push_back(std::move(word));
                    m_word_conditions += around.place == Place::heading ? 0U : 1U;
                }
            } else if (is_field(nodes[at], Field::change)) {
                conditions.push_back(make_time(nodes[at]));
                conditions.back().time.days = change.days;
            } else if (!change.wanted || !is_field(nodes[at], Field::date) ||
                       nodes[at].unknown_date) {
                TRY_ASSIGN(Condition condition, of(nodes[at], around));
                conditions.push_back(std::move(condition));
                m_word_conditions += nodes[at].kind == NodeKind::field ? 0U : 1U;
            }
            at += std::max<std::size_t>(words, 1);
        }
        return conditions;
    }

    Result<Condition> measured(const Node& node, const Surroundings& around) {
        if (around.place == Place::heading) {
            return fail(Error{ErrorCode::query, "distances are measured in texts, not in headings",
                              "put it outside of heading:", node.begin});
        }
        const bool is_near = node.kind == NodeKind::near;
        Condition condition{.kind = is_near ? ConditionKind::near : ConditionKind::sentence};
        TRY_ASSIGN(condition.children, each(node.children, {Place::text, true, around.negated}));
        condition.distance = node.distance;
        condition.order = node.order;
        for (const Node& child : node.children) {
            if (child.kind == NodeKind::all || child.kind == NodeKind::negation ||
                child.kind == NodeKind::field) {
                return fail(Error{ErrorCode::query, "this cannot be near something",
                                  "words, phrases and OR groups can", child.begin});
            }
        }
        return condition;
    }

    static Condition make_time(const Node& node) {
        Condition condition{.kind = ConditionKind::time};
        condition.time = {node.field, node.days, node.unknown_date, node.change};
        return condition;
    }

    Result<Condition> field(const Node& node, const Surroundings& around) {
        switch (node.field) {
        case Field::text:
        case Field::heading: {
            Surroundings inside = around;
            inside.place = node.field == Field::heading ? Place::heading : Place::text;
            Condition all{.kind = ConditionKind::all};
            TRY_ASSIGN(all.children, together(node.children, Conjunction::juxtaposed, inside));
            if (all.children.empty()) {
                return placed(fail(ErrorCode::query, "every word of this is too common",
                                   "words such as 'the' stand in too many headings"),
                              node);
            }
            return all;
        }
        case Field::vendor:
        case Field::type:
        case Field::host:
        case Field::language: {
            auto policies = policies_with(node.field, node.text, m_index);
            if (!policies) {
                return placed(Failure(policies.error()), node);
            }
            return documents(document_ranges(std::move(*policies), m_index), node);
        }
        case Field::id: {
            const auto found = find_id(m_index, node.text);
            if (!found) {
                return placed(Failure(found.error()), node);
            }
            const DocumentId passage = found->policy + found->number;
            return documents({found->number == 0
                                  ? DocumentRange{found->policy, m_index.last_of(found->policy)}
                                  : DocumentRange{passage, passage}},
                             node);
        }
        default:
            return make_time(node);
        }
    }

    static Condition documents(std::vector<DocumentRange> ranges, const Node& node) {
        Condition condition{.kind = ConditionKind::documents, .label = format_query(node)};
        condition.ranges = std::move(ranges);
        return condition;
    }

    // An error of a filter has no place in the query.
    static Failure placed(const Failure& failure, const Node& node) {
        Error error = failure.value();
        if (node.end > node.begin) {
            error.position = node.begin;
        } else if (error.code == ErrorCode::query) {
            error.code = ErrorCode::usage;
        }
        return fail(std::move(error));
    }

    const SearchRequest& m_request;
    Index& m_index;
    CompiledQuery m_compiled;
    WordCompiler m_words;
    std::size_t m_word_conditions = 0;  // not of headings or other facts
};

// More than half of the words, or one of two.
Condition most_of(std::vector<Condition> words) {
    Condition most{.kind = ConditionKind::most, .children = std::move(words)};
    most.lack = std::max<std::size_t>(1, (most.children.size() - 1) / 2);
    return most;
}

// Any of the words, or of what goes together with them.
Condition any_of(std::vector<Condition> words) {
    Condition any{.kind = ConditionKind::any};
    for (Condition& word : words) {
        std::ranges::move(word.bonus, std::back_inserter(any.children));
        word.bonus.clear();
    }
    std::ranges::move(words, std::back_inserter(any.children));
    return any;
}

}  // namespace

Result<CompiledQuery> compile(const SearchRequest& request, const SynonymIndex& synonyms,
                              Index& index) {
    TRY_ASSIGN(Result<CompiledQuery> compiled,
               guard_xapian([&] { return Compiler(request, synonyms, index).compile(); }));
    return compiled;
}

std::optional<Condition> widen(const CompiledQuery& compiled) {
    Condition wider{.kind = ConditionKind::all, .bonus = compiled.root.bonus};
    std::vector<Condition> words;
    bool has_more_words = false;
    for (const Condition& child : compiled.root.children) {
        if (child.may_lack) {
            words.push_back(child);
            continue;
        }
        has_more_words = has_more_words || (child.kind != ConditionKind::documents &&
                                            child.kind != ConditionKind::time &&
                                            child.kind != ConditionKind::negation);
        wider.children.push_back(child);
    }
    Condition some = compiled.widening == Widening::always ? any_of(std::move(words))
                                                           : most_of(std::move(words));
    if (some.children.empty() || (some.children.size() == 1 && !has_more_words)) {
        return std::nullopt;
    }
    wider.children.push_back(std::move(some));
    return wider;
}

}  // namespace smallprint

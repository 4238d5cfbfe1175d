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
        if (span.wanted && is_field(node, Field::date) && !node.value.unknown) {
            span.days = common_days(span.days, node.value.days);
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
        TRY_ASSIGN(Conditions parts, together(nodes, conjunction, {}));
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
            require_no_generic_words(parts);
        }
        m_compiled.root.test = AllOf{std::move(parts)};
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
    void require_no_generic_words(Conditions& parts) {
        const auto is_telling = [](const Condition& condition) {
            return condition.may_lack && !condition.generic;
        };
        if (std::ranges::any_of(parts, is_telling)) {
            Conditions required;
            for (Condition& part : parts) {
                (part.generic ? m_compiled.root.bonus : required).push_back(std::move(part));
            }
            parts = std::move(required);
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
        case NodeKind::all:
            return all_of(node, node.conjunction, around,
                          "add a word that says what the clause is about");
        case NodeKind::any: {
            TRY_ASSIGN(Conditions parts, each(node.children, around));
            return Condition{AnyOf{std::move(parts)}};
        }
        case NodeKind::negation: {
            Surroundings inside = around;
            inside.negated = true;
            TRY_ASSIGN(Conditions parts, each(node.children, inside));
            return Condition{Not{std::move(parts)}};
        }
        case NodeKind::field:
            return field(node, around);
        }
        return Condition();
    }

    // All children; at least one of them has to say something.
    Result<Condition> all_of(const Node& node, Conjunction conjunction, const Surroundings& around,
                             std::string_view hint) {
        TRY_ASSIGN(Conditions parts, together(node.children, conjunction, around));
        if (parts.empty()) {
            return place_error(
                Error{ErrorCode::query, "every word of this is too common", std::string(hint)},
                node);
        }
        return Condition{AllOf{std::move(parts)}};
    }

    Result<Conditions> each(std::span<const Node> nodes, const Surroundings& around) {
        Conditions conditions;
        for (const Node& node : nodes) {
            TRY_ASSIGN(Condition condition, of(node, around));
            conditions.push_back(std::move(condition));
        }
        return conditions;
    }

    // All of these are required.
    Result<Conditions> together(std::span<const Node> nodes, Conjunction conjunction,
                                const Surroundings& around) {
        Conditions conditions;
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
                HasFact changed{nodes[at].field, nodes[at].value};
                changed.value.days = change.days;
                conditions.push_back({changed});
            } else if (!change.wanted || !is_field(nodes[at], Field::date) ||
                       nodes[at].value.unknown) {
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
        TRY_ASSIGN(Conditions parts, each(node.children, {Place::text, true, around.negated}));
        for (const Node& child : node.children) {
            if (child.kind == NodeKind::all || child.kind == NodeKind::negation ||
                child.kind == NodeKind::field) {
                return fail(Error{ErrorCode::query, "this cannot be near something",
                                  "words, phrases and OR groups can", child.begin});
            }
        }
        if (node.kind == NodeKind::sentence) {
            return Condition{InOneSentence{std::move(parts)}};
        }
        return Condition{Near{std::move(parts), node.distance, node.order}};
    }

    Result<Condition> field(const Node& node, const Surroundings& around) {
        switch (row_of(node.field).type) {
        case FieldType::words: {
            Surroundings inside = around;
            inside.place = node.field == Field::heading ? Place::heading : Place::text;
            return all_of(node, Conjunction::juxtaposed, inside,
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
        return Condition{HasFact{node.field, node.value}};
    }

    Result<Condition> compile_policies(const Node& node) {
        auto policies = policies_with(node.field, node.text, m_index);
        if (!policies) {
            return place_error(std::move(policies).error(), node);
        }
        return documents(document_ranges(std::move(*policies), m_index), node);
    }

    Result<Condition> compile_id(const Node& node) {
        const auto found = find_id(m_index, node.text);
        if (!found) {
            return place_error(found.error(), node);
        }
        const DocumentId passage = found->policy + found->number;
        return documents({found->number == 0
                              ? DocumentRange{found->policy, m_index.last_of(found->policy)}
                              : DocumentRange{passage, passage}},
                         node);
    }

    static Condition documents(std::vector<DocumentRange> ranges, const Node& node) {
        return {InDocuments{std::move(ranges), format_query(node)}};
    }

    // An error of a filter has no place in the query.
    static Failure place_error(Error error, const Node& node) {
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
Condition most_of(Conditions words) {
    const std::size_t lacking = std::max<std::size_t>(1, (words.size() - 1) / 2);
    const std::size_t wanted = words.size() - std::min(lacking, words.size());
    return {AtLeast{std::move(words), wanted}};
}

// Any of the words, or of what goes together with them.
Condition any_of(Conditions words) {
    AnyOf any;
    for (Condition& word : words) {
        std::ranges::move(word.bonus, std::back_inserter(any.parts));
        word.bonus.clear();
    }
    std::ranges::move(words, std::back_inserter(any.parts));
    return {std::move(any)};
}

bool says_what_to_find(const Condition& condition) {
    return !std::holds_alternative<InDocuments>(condition.test) &&
           !std::holds_alternative<HasFact>(condition.test) &&
           !std::holds_alternative<Not>(condition.test);
}

}  // namespace

Result<CompiledQuery> compile(const SearchRequest& request, const SynonymIndex& synonyms,
                              Index& index) {
    TRY_ASSIGN(Result<CompiledQuery> compiled,
               guard_xapian([&] { return Compiler(request, synonyms, index).compile(); }));
    return compiled;
}

std::optional<Condition> widen(const CompiledQuery& compiled) {
    Conditions wider;
    Conditions words;
    bool has_more_words = false;
    for (const Condition& part : parts_of(compiled.root)) {
        (part.may_lack ? words : wider).push_back(part);
        has_more_words = has_more_words || (!part.may_lack && says_what_to_find(part));
    }
    Condition some = compiled.widening == Widening::always ? any_of(std::move(words))
                                                           : most_of(std::move(words));
    const std::size_t alternatives = parts_of(some).size();
    if (alternatives == 0 || (alternatives == 1 && !has_more_words)) {
        return std::nullopt;
    }
    wider.push_back(std::move(some));
    return Condition{.test = AllOf{std::move(wider)}, .bonus = compiled.root.bonus};
}

}  // namespace smallprint

// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/query/checks.h"

#include "common/base/result.h"
#include "common/base/strings.h"
#include "common/fields/field_table.h"
#include "searcher/query/ast.h"
#include "searcher/query/describe.h"
#include "searcher/query/source.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

namespace smallprint::query {
namespace {

bool is_term(const Node& node) {
    return node.kind == NodeKind::word || node.kind == NodeKind::exact_word ||
           node.kind == NodeKind::prefix || node.kind == NodeKind::phrase;
}

// The first node of a kind that may not stand there.
template <typename Predicate> const Node* first_that_is_not(const Node& node, Predicate allowed) {
    if (!allowed(node)) {
        return &node;
    }
    for (const Node& child : node.children) {
        if (const Node* found = first_that_is_not(child, allowed)) {
            return found;
        }
    }
    return nullptr;
}

bool says_what_to_find(const Node& node) {
    switch (node.kind) {
    case NodeKind::negation:
        return false;
    case NodeKind::all:
        return std::ranges::any_of(node.children, says_what_to_find);
    case NodeKind::any:
        return std::ranges::all_of(node.children, says_what_to_find);
    case NodeKind::word:
    case NodeKind::exact_word:
    case NodeKind::prefix:
    case NodeKind::phrase:
    case NodeKind::near:
    case NodeKind::sentence:
    case NodeKind::field:
        break;
    }
    return true;
}

// The branch that says only what not to find.
const Node* only_negative(const Node& node) {
    for (const Node& child : node.children) {
        if (const Node* found = only_negative(child)) {
            return found;
        }
        if (node.kind != NodeKind::all && !says_what_to_find(child)) {
            return &child;
        }
    }
    return nullptr;
}

}  // namespace

Result<void> check_near_operand(QuerySource& source, const Node& operand,
                                std::string_view operation) {
    const Node* const wrong = first_that_is_not(operand, [](const Node& node) {
        return is_term(node) || node.kind == NodeKind::any || node.kind == NodeKind::near ||
               node.kind == NodeKind::sentence;
    });
    if (wrong == nullptr) {
        return {};
    }
    const bool words = wrong->kind == NodeKind::all;
    return source.mistake(
        {wrong->begin, wrong->end},
        fmt::format("{} stands between words, phrases and OR groups, not beside {}", operation,
                    words ? "several words without OR" : format_operator(*wrong)),
        {words ? "put OR between the words, or quotes around them"
               : fmt::format("put brackets around what belongs to {}, and {} outside of them",
                             operation, format_operator(*wrong))});
}

Result<void> check_heading(QuerySource& source, const Node& child) {
    const Node* const wrong = first_that_is_not(child, [](const Node& node) {
        return is_term(node) || node.kind == NodeKind::any || node.kind == NodeKind::all;
    });
    if (wrong == nullptr) {
        return {};
    }
    return source.mistake(
        {wrong->begin, wrong->end},
        fmt::format("heading: takes words, phrases, AND and OR, not {}", format_operator(*wrong)),
        {"for example heading:(retention OR \"how long\")"});
}

Result<void> check_values(QuerySource& source, const Node& values, std::string_view field) {
    const Node* const wrong = first_that_is_not(values, [](const Node& node) {
        const auto is_value = [](const Node& child) { return child.kind != NodeKind::negation; };
        return node.kind != NodeKind::all || node.conjunction == Conjunction::written ||
               std::ranges::count_if(node.children, is_value) < 2;
    });
    if (wrong == nullptr) {
        return {};
    }
    const std::string_view several =
        source.text({wrong->children.front().begin, wrong->children.back().end});
    std::string meant = fmt::format("\"{}\"", several);
    if (several.find(',') != std::string_view::npos) {
        meant = "(";
        for (const Node& value : wrong->children) {
            meant += meant.size() == 1 ? "" : " OR ";
            meant += trimmed(source.text({value.begin, value.end}), ",");
        }
        meant += ")";
    }
    return source.mistake(
        {wrong->begin, wrong->end},
        fmt::format("{}: has several values here and no OR between them", field),
        {"put OR between the values, or quotes around one of several words", std::move(meant)});
}

Result<void> check_positive(QuerySource& source, const Node& root) {
    const Node* branch = only_negative(root);
    if (branch == nullptr && !says_what_to_find(root)) {
        branch = &root;
    }
    if (branch == nullptr) {
        return {};
    }
    return source.mistake({branch->begin, branch->end},
                          branch == &root ? "the query says only what not to find"
                                          : "this part of the query says only what not to find",
                          {"say what clauses shall have as well, as in: cookies NOT advertising"});
}

void note_two_values(QuerySource& source, const Node& all) {
    for (const Node& one : all.children) {
        const bool is_single = one.field == Field::vendor || one.field == Field::type;
        const bool has_two = one.kind == NodeKind::field && is_single &&
                             std::ranges::any_of(all.children, [&](const Node& other) {
                                 return other.kind == NodeKind::field && other.field == one.field &&
                                        !equals_ignoring_case(other.text, one.text);
                             });
        if (has_two) {
            const std::string_view name = row_of(one.field).name;
            source.note(fmt::format("nothing has two values of {0}:; {0}:(A OR B) finds "
                                    "what has either",
                                    name));
        }
    }
}

}  // namespace smallprint::query

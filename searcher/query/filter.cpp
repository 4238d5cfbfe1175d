// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/query/filter.h"

#include "common/base/error.h"
#include "common/base/result.h"
#include "searcher/query/ast.h"
#include "searcher/query/parser.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <string_view>
#include <utility>
#include <vector>

namespace smallprint::query {
namespace {

// The first part that is no field. Depth is bounded by the parser.
const Node* find_words(const Node& node) {  // NOLINT(misc-no-recursion)
    if (node.kind == NodeKind::field) {
        return nullptr;
    }
    if (node.kind != NodeKind::all && node.kind != NodeKind::any &&
        node.kind != NodeKind::negation) {
        return &node;
    }
    for (const Node& child : node.children) {
        if (const Node* words = find_words(child)) {
            return words;
        }
    }
    return nullptr;
}

// Places are those of the query, where a filter does not stand.
void forget_places(Node& node) {  // NOLINT(misc-no-recursion)
    node.begin = 0;
    node.end = 0;
    for (Node& child : node.children) {
        forget_places(child);
    }
}

std::vector<Node> split_parts(Node root) {
    if (root.kind == NodeKind::all) {
        return std::move(root.children);
    }
    return {std::move(root)};
}

}  // namespace

Result<void> narrow(Query& query, std::string_view filter) {
    TRY_ASSIGN(Query fields, parse_query(filter));
    if (!fields.root) {
        return {};
    }
    if (const Node* words = find_words(*fields.root)) {
        return fail(Error{ErrorCode::query,
                          fmt::format("'{}' is no field, which is all a filter has",
                                      fields.text.substr(words->begin, words->end - words->begin)),
                          "a filter is such as vendor:a.example or type:\"privacy policy\"",
                          words->begin});
    }
    forget_places(*fields.root);
    std::ranges::move(fields.notes, std::back_inserter(query.notes));
    if (!query.root) {
        query.root = std::move(fields.root);
        return {};
    }
    // Parts put side by side stay so, and can be widened; anything else is one part.
    Node joined{.kind = NodeKind::all, .conjunction = Conjunction::juxtaposed};
    joined.end = query.root->end;
    const bool loose =
        query.root->kind == NodeKind::all && query.root->conjunction == Conjunction::juxtaposed;
    joined.children =
        loose ? std::move(query.root->children) : std::vector<Node>{std::move(*query.root)};
    for (Node& part : split_parts(std::move(*fields.root))) {
        joined.children.push_back(std::move(part));
    }
    query.root = std::move(joined);
    return {};
}

}  // namespace smallprint::query

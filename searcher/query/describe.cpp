// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/query/describe.h"

#include "common/fields/field_table.h"
#include "searcher/query/ast.h"
#include "searcher/query/fields.h"
#include "searcher/query/source.h"

#include <fmt/format.h>

#include <cstddef>
#include <string>
#include <string_view>

namespace smallprint::query {
namespace {

bool is_proximity(const Node& node) {
    return node.kind == NodeKind::near || node.kind == NodeKind::sentence;
}

bool is_group(const Node& node) {
    return node.kind == NodeKind::all || node.kind == NodeKind::any;
}

std::string format_in_brackets(const Node& node) {
    return '(' + format_query(node) + ')';
}

std::string format_children(const Node& node, std::string_view between) {
    std::string text;
    for (const Node& child : node.children) {
        // Nearness is read from left to right.
        const bool is_first = &child == &node.children.front();
        const bool looser = is_proximity(node)
                                ? is_group(child) || (is_proximity(child) && !is_first)
                                : node.kind == NodeKind::all && is_group(child);
        text += text.empty() ? "" : between;
        text += looser ? format_in_brackets(child) : format_query(child);
    }
    return text;
}

bool needs_quotes(std::string_view value) {
    const SourceSpan run = run_at(value, 0);
    return value.empty() || run.begin != 0 || run.end != value.size() || value.starts_with("//");
}

std::string format_heading(const Node& node) {
    const Node& child = node.children.front();
    // A word that goes on after the colon like an address would make the field one.
    const bool is_loose = is_group(child) || child.text.starts_with("//");
    return "heading:" + (is_loose ? format_in_brackets(child) : format_query(child));
}

std::string format_field(const Node& node) {
    if (!node.children.empty()) {
        return format_heading(node);
    }
    const std::string value = node.text.empty() ? format_value(node.field, node.value) : node.text;
    return format_operator(node) + (needs_quotes(value) ? '"' + value + '"' : value);
}

std::string format_label(const Node& node) {
    switch (node.kind) {
    case NodeKind::word:
        return fmt::format("word \"{}\"", node.text);
    case NodeKind::exact_word:
        return fmt::format("exact word \"{}\"", node.text);
    case NodeKind::prefix:
        return fmt::format("words that begin with \"{}\"", node.text);
    case NodeKind::phrase:
        return "phrase";
    case NodeKind::all:
        return node.conjunction == Conjunction::juxtaposed ? "all" : "all (AND)";
    case NodeKind::any:
        return "any (OR)";
    case NodeKind::negation:
        return "none (NOT)";
    case NodeKind::near:
        return fmt::format("{} words apart at most, {} ({})", node.distance,
                           node.order == NearOrder::either ? "either first" : "in this order",
                           format_operator(node));
    case NodeKind::sentence:
        return "in one sentence (/s)";
    case NodeKind::field:
        return node.children.empty() ? format_field(node) : format_operator(node);
    }
    return "";
}

void add_tree(std::string& out, const Node& node, std::size_t depth) {
    out +=
        fmt::format("{:{}}{} [{}, {})\n", "", 2 * depth, format_label(node), node.begin, node.end);
    for (const Node& child : node.children) {
        add_tree(out, child, depth + 1);
    }
}

}  // namespace

std::string format_query(const Node& node) {
    switch (node.kind) {
    case NodeKind::word:
        return node.text;
    case NodeKind::exact_word:
        return '=' + node.text;
    case NodeKind::prefix:
        return node.text + '*';
    case NodeKind::phrase:
        return '"' + format_children(node, " ") + '"';
    case NodeKind::all:
        return format_children(node, node.conjunction == Conjunction::juxtaposed ? " " : " AND ");
    case NodeKind::any:
        return format_children(node, " OR ");
    case NodeKind::near:
    case NodeKind::sentence:
        return format_children(node, fmt::format(" {} ", format_operator(node)));
    case NodeKind::negation: {
        const Node& child = node.children.front();
        return "NOT " + (is_group(child) ? format_in_brackets(child) : format_query(child));
    }
    case NodeKind::field:
        return format_field(node);
    }
    return "";
}

std::string format_operator(const Node& node) {
    switch (node.kind) {
    case NodeKind::near:
        return fmt::format("{}/{}", node.order == NearOrder::either ? "w" : "pre", node.distance);
    case NodeKind::sentence:
        return "/s";
    case NodeKind::all:
        return "AND";
    case NodeKind::any:
        return "OR";
    case NodeKind::negation:
        return "NOT";
    case NodeKind::field:
        return fmt::format("{}:", row_of(node.field).name);
    case NodeKind::word:
    case NodeKind::exact_word:
    case NodeKind::prefix:
    case NodeKind::phrase:
        break;
    }
    return "";
}

std::string format_tree(const Node& root) {
    std::string tree;
    add_tree(tree, root, 0);
    return tree;
}

}  // namespace smallprint::query

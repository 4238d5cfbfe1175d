// SPDX-License-Identifier: GPL-2.0-or-later
#include "tests/support/query_shape.h"

#include "common/fields/field_table.h"
#include "common/model/date.h"
#include "searcher/query/ast.h"
#include "searcher/query/fields.h"

#include <fmt/format.h>

#include <string>

namespace smallprint {
namespace {

std::string operation_of(const Node& node) {
    switch (node.kind) {
    case NodeKind::phrase:
        return "phrase";
    case NodeKind::near:
        return fmt::format("{}{}", node.order == NearOrder::either ? "w/" : "pre/", node.distance);
    case NodeKind::sentence:
        return "/s";
    case NodeKind::all:
        return node.conjunction == Conjunction::written ? "AND" : "all";
    case NodeKind::any:
        return "any";
    case NodeKind::negation:
        return "not";
    default:
        return "?";
    }
}

std::string joined_children(const Node& node) {
    std::string shape = "(";
    for (const Node& child : node.children) {
        shape += shape.size() > 1 ? " " : "";
        shape += shape_of(child);
    }
    return shape + ")";
}

std::string value_of(const Node& node) {
    if (node.field == Field::heading) {
        return joined_children(node);
    }
    if (node.field == Field::change) {
        return node.value.change == Change::added ? "added" : "removed";
    }
    if (node.value.unknown) {
        return "unknown";
    }
    if (node.field == Field::length) {
        return format_number_range(node.value.numbers);
    }
    if (node.value.days == DayRange{}) {
        return node.text;
    }
    return (node.value.days.from ? format_day(*node.value.days.from) : "") + ".." +
           (node.value.days.to ? format_day(*node.value.days.to) : "");
}

}  // namespace

std::string shape_of(const Node& node) {
    switch (node.kind) {
    case NodeKind::word:
        return node.text;
    case NodeKind::exact_word:
        return "=" + node.text;
    case NodeKind::prefix:
        return node.text + "*";
    case NodeKind::field:
        return fmt::format("{}:{}", row_of(node.field).name, value_of(node));
    default:
        return operation_of(node) + joined_children(node);
    }
}

}  // namespace smallprint

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

std::string operation_of(const query::Node& node) {
    switch (node.kind) {
    case query::NodeKind::phrase:
        return "phrase";
    case query::NodeKind::near:
        return fmt::format("{}{}", node.order == query::NearOrder::either ? "w/" : "pre/",
                           node.distance);
    case query::NodeKind::sentence:
        return "/s";
    case query::NodeKind::all:
        return node.conjunction == query::Conjunction::written ? "AND" : "all";
    case query::NodeKind::any:
        return "any";
    case query::NodeKind::negation:
        return "not";
    default:
        return "?";
    }
}

std::string joined_children(const query::Node& node) {
    std::string shape = "(";
    for (const query::Node& child : node.children) {
        shape += shape.size() > 1 ? " " : "";
        shape += shape_of(child);
    }
    return shape + ")";
}

std::string value_of(const query::Node& node) {
    if (node.field == Field::heading) {
        return joined_children(node);
    }
    if (node.field == Field::change) {
        return node.value.change == query::Change::added ? "added" : "removed";
    }
    if (node.value.unknown) {
        return "unknown";
    }
    if (node.field == Field::length) {
        return query::format_number_range(node.value.numbers);
    }
    if (node.value.days == query::DayRange{}) {
        return node.text;
    }
    return (node.value.days.from ? format_day(*node.value.days.from) : "") + ".." +
           (node.value.days.to ? format_day(*node.value.days.to) : "");
}

}  // namespace

std::string shape_of(const query::Node& node) {
    switch (node.kind) {
    case query::NodeKind::word:
        return node.text;
    case query::NodeKind::exact_word:
        return "=" + node.text;
    case query::NodeKind::prefix:
        return node.text + "*";
    case query::NodeKind::field:
        return fmt::format("{}:{}", row_of(node.field).name, value_of(node));
    default:
        return operation_of(node) + joined_children(node);
    }
}

}  // namespace smallprint

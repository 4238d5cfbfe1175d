// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/json/query_json.h"

#include "common/fields/field_table.h"
#include "searcher/json/json_values.h"
#include "searcher/query/ast.h"

#include <boost/json.hpp>

#include <string_view>
#include <utility>

namespace smallprint {
namespace {

namespace json = boost::json;

std::string_view kind_name(NodeKind kind) {
    switch (kind) {
    case NodeKind::word:
        return "word";
    case NodeKind::exact_word:
        return "exact_word";
    case NodeKind::prefix:
        return "prefix";
    case NodeKind::phrase:
        return "phrase";
    case NodeKind::near:
        return "near";
    case NodeKind::sentence:
        return "sentence";
    case NodeKind::all:
        return "all";
    case NodeKind::any:
        return "any";
    case NodeKind::negation:
        return "not";
    case NodeKind::field:
        return "field";
    }
    return "";
}

void add_field(json::object& object, const Node& node) {
    const FieldRow& row = row_of(node.field);
    object["field"] = row.name;
    if (row.type == FieldType::days || row.type == FieldType::day) {
        object["from"] = day_value(node.days.from);
        object["to"] = day_value(node.days.to);
        object["unknown"] = node.unknown_date;
    } else if (row.type == FieldType::choice) {
        object["value"] = node.change == Change::added ? "added" : "removed";
    } else if (row.type == FieldType::exact) {
        object["value"] = text_value(node.text);
    }
}

}  // namespace

json::object node_value(const Node& node) {
    json::object object = {
        {"kind", kind_name(node.kind)}, {"begin", node.begin}, {"end", node.end}};
    if (node.kind == NodeKind::field) {
        add_field(object, node);
    } else if (node.kind == NodeKind::near) {
        object["distance"] = node.distance;
        object["in_order"] = node.order == NearOrder::in_order;
    } else if (node.children.empty()) {
        object["text"] = text_value(node.text);
    }
    if (!node.children.empty()) {
        json::array children;
        for (const Node& child : node.children) {
            children.push_back(node_value(child));
        }
        object["children"] = std::move(children);
    }
    return object;
}

}  // namespace smallprint

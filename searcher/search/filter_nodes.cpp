// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/search/filter_nodes.h"

#include "common/fields/field_table.h"
#include "common/text/analyzer.h"
#include "searcher/query/ast.h"
#include "searcher/request/requests.h"

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace smallprint {
namespace {

// Any of the values.
void add_values(Field field, const std::vector<std::string>& values, std::vector<Node>& nodes) {
    Node any{.kind = NodeKind::any, .text = {}};
    for (const std::string& value : values) {
        any.children.push_back({.kind = NodeKind::field, .text = value, .field = field});
    }
    if (any.children.size() == 1) {
        nodes.push_back(std::move(any.children.front()));
    } else if (!any.children.empty()) {
        nodes.push_back(std::move(any));
    }
}

// Every word between blanks, as it stands.
void add_heading(const std::string& words, Tokenizer& tokenizer, std::vector<Node>& nodes) {
    Node heading{.kind = NodeKind::field, .text = words, .field = Field::heading};
    for (std::size_t at = words.find_first_not_of(' '); at != std::string::npos;) {
        const std::size_t end = words.find(' ', at);
        const std::string word = words.substr(at, end == std::string::npos ? end : end - at);
        if (!tokenizer.tokenize(word).empty()) {
            heading.children.push_back({.kind = NodeKind::word, .text = word});
        }
        at = end == std::string::npos ? end : words.find_first_not_of(' ', end);
    }
    nodes.push_back(std::move(heading));
}

}  // namespace

std::vector<Node> filter_nodes(const Filters& filters, Tokenizer& tokenizer) {
    std::vector<Node> nodes;
    add_values(Field::vendor, filters.vendors, nodes);
    add_values(Field::type, filters.types, nodes);
    add_values(Field::host, filters.hosts, nodes);
    add_values(Field::language, filters.languages, nodes);
    if (!filters.heading.empty()) {
        add_heading(filters.heading, tokenizer, nodes);
    }
    if (filters.from || filters.to) {
        nodes.push_back({.kind = NodeKind::field,
                         .text = {},
                         .field = Field::date,
                         .days = {filters.from, filters.to}});
    }
    if (filters.as_of) {
        nodes.push_back({.kind = NodeKind::field,
                         .text = {},
                         .field = Field::as_of,
                         .days = {filters.as_of, filters.as_of}});
    }
    if (filters.changed) {
        nodes.push_back({.kind = NodeKind::field,
                         .text = {},
                         .field = Field::change,
                         .change = *filters.changed});
    }
    return nodes;
}

}  // namespace smallprint

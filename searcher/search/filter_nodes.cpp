// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/search/filter_nodes.h"

#include "common/model/date.h"
#include "common/text/analyzer.h"
#include "searcher/query/ast.h"
#include "searcher/request/filters.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace smallprint::search {
namespace {

// Adds what a filter says to the nodes, by the kind of its member.
class NodeBuilder {
public:
    NodeBuilder(const request::Filters& filters, text::Tokenizer& tokenizer)
        : m_filters(filters), m_tokenizer(tokenizer) {}

    void add(const request::FilterRow& row) {
        m_row = &row;
        std::visit(*this, row.member);
    }

    std::vector<query::Node> finish() { return std::move(m_nodes); }

    // Any of the values.
    void operator()(std::vector<std::string> request::Filters::* member) {
        query::Node any{.kind = query::NodeKind::any, .text = {}};
        for (const std::string& value : m_filters.*member) {
            any.children.push_back(
                {.kind = query::NodeKind::field, .text = value, .field = m_row->field});
        }
        if (any.children.size() == 1) {
            m_nodes.push_back(std::move(any.children.front()));
        } else if (!any.children.empty()) {
            m_nodes.push_back(std::move(any));
        }
    }

    // Every word between blanks, as it stands.
    void operator()(std::string request::Filters::* member) {
        const std::string& words = m_filters.*member;
        if (words.empty()) {
            return;
        }
        query::Node& node = field_node();
        node.text = words;
        for (std::size_t at = words.find_first_not_of(' '); at != std::string::npos;) {
            const std::size_t end = words.find(' ', at);
            const std::string word = words.substr(at, end == std::string::npos ? end : end - at);
            if (!m_tokenizer.tokenize(word).empty()) {
                node.children.push_back({.kind = query::NodeKind::word, .text = word});
            }
            at = end == std::string::npos ? end : words.find_first_not_of(' ', end);
        }
    }

    void operator()(std::optional<Day> request::Filters::* member) {
        if (const auto& day = m_filters.*member) {
            query::DayRange& days = field_node().value.days;
            days.from = m_row->days == request::DayEnd::last ? days.from : day;
            days.to = m_row->days == request::DayEnd::first ? days.to : day;
        }
    }

    void operator()(std::optional<query::NumberRange> request::Filters::* member) {
        if (const auto& numbers = m_filters.*member) {
            field_node().value.numbers = *numbers;
        }
    }

    void operator()(std::optional<query::Change> request::Filters::* member) {
        if (const auto& change = m_filters.*member) {
            field_node().value.change = *change;
        }
    }

private:
    // The node of the row's field, which the two ends of a range share.
    query::Node& field_node() {
        const auto found = std::ranges::find_if(m_nodes, [this](const query::Node& node) {
            return node.kind == query::NodeKind::field && node.field == m_row->field;
        });
        if (found != m_nodes.end()) {
            return *found;
        }
        m_nodes.push_back({.kind = query::NodeKind::field, .text = {}, .field = m_row->field});
        return m_nodes.back();
    }

    const request::Filters& m_filters;
    text::Tokenizer& m_tokenizer;
    const request::FilterRow* m_row = nullptr;
    std::vector<query::Node> m_nodes;
};

}  // namespace

std::vector<query::Node> filter_nodes(const request::Filters& filters, text::Tokenizer& tokenizer) {
    NodeBuilder builder(filters, tokenizer);
    for (const request::FilterRow& row : request::k_filters) {
        builder.add(row);
    }
    return builder.finish();
}

}  // namespace smallprint::search

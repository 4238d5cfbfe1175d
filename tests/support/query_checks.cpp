// SPDX-License-Identifier: GPL-2.0-or-later
#include "tests/support/query_checks.h"

#include "common/base/error.h"
#include "common/text/utf8.h"
#include "searcher/query/ast.h"
#include "searcher/query/describe.h"
#include "searcher/query/parser.h"
#include "tests/support/random_query.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace smallprint {
namespace {

bool is_inside(const query::Node& node, std::size_t begin, std::size_t end) {
    return begin <= node.begin && node.begin < node.end && node.end <= end &&
           std::ranges::all_of(
               node.children,
               [&](const query::Node& child) { return is_inside(child, node.begin, node.end); });
}

std::string complaint_about_tree(const query::Query& query) {
    const std::optional<query::Node>& root = query.root;
    if (!root) {
        return "";
    }
    if (!is_inside(*root, 0, query.text.size())) {
        return "a node is not inside of its parent:\n" + query::format_tree(*root);
    }
    const std::string text = query::format_query(*root);
    const auto again = query::parse_query(text);
    if (!again) {
        // What a field or a group says once is said again for each of its values.
        return again.error().code == ErrorCode::limit && text.size() > query.text.size()
                   ? ""
                   : "not a query any more: " + text + ": " + again.error().message;
    }
    const std::optional<query::Node>& same = again->root;
    if (!same || without_places(*same) != without_places(*root)) {
        return "another tree when format_query: " + text;
    }
    return "";
}

std::string complaint_about_mistake(const Error& error, std::string_view text) {
    constexpr std::string_view proposal = "did you mean: ";
    if (error.message.empty() || error.hint.empty() || !text::is_valid_utf8(error.hint)) {
        return "a mistake without message or hint: " + error.message;
    }
    if (error.code != ErrorCode::query && error.code != ErrorCode::limit) {
        return "an error of another kind: " + error.message;
    }
    if (error.position.value_or(0) > text.size()) {
        return "a mistake behind the text: " + error.message;
    }
    if (error.hint.starts_with(proposal) &&
        !query::parse_query(error.hint.substr(proposal.size())) && error.hint.size() < 1000) {
        return "a proposal that is no query: " + error.hint;
    }
    return "";
}

}  // namespace

std::string complaint_about_query(std::string_view text) {
    const auto plain = query::parse_query(text, query::QuerySyntax::plain);
    if (!plain) {
        const std::string complaint = complaint_about_mistake(plain.error(), text);
        if (!complaint.empty()) {
            return "plain: " + complaint;
        }
    } else if (const std::optional<query::Node>& root = plain->root;
               root && !is_inside(*root, 0, plain->text.size())) {
        return "plain: a node is not inside of its parent";
    }
    const auto query = query::parse_query(text);
    return query ? complaint_about_tree(*query) : complaint_about_mistake(query.error(), text);
}

}  // namespace smallprint

// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/postings/query.h"

#include <fmt/format.h>

#include <string>
#include <string_view>
#include <variant>

namespace smallprint::postings {
namespace {

std::string join_parts(const Queries& parts, std::string_view word) {
    std::string text;
    for (const Query& part : parts) {
        text += text.empty() ? "" : fmt::format(" {} ", word);
        text += describe(part);
    }
    return "(" + text + ")";
}

struct Description {
    std::string operator()(const Term& term) const { return term.name; }

    std::string operator()(const OneWord& word) const {
        return fmt::format("({})", fmt::join(word.names, " SYNONYM "));
    }

    std::string operator()(const Documents& documents) const {
        return fmt::format("<{} ranges of documents>", documents.ranges.size());
    }

    std::string operator()(const Everything& /*all*/) const { return "<all documents>"; }

    std::string operator()(const AllOf& all) const { return join_parts(all.parts, "AND"); }

    std::string operator()(const AnyOf& any) const { return join_parts(any.parts, "OR"); }

    std::string operator()(const Without& both) const { return join_parts(both.parts, "AND_NOT"); }

    std::string operator()(const RaisedBy& both) const {
        return join_parts(both.parts, "AND_MAYBE");
    }

    std::string operator()(const Among& both) const { return join_parts(both.parts, "FILTER"); }
};

}  // namespace

std::string describe(const Query& query) {
    const std::string text = std::visit(Description{}, query.test);
    return query.weight == 1 ? text : fmt::format("{:.3g} * {}", query.weight, text);
}

}  // namespace smallprint::postings

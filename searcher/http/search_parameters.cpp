// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/http/search_parameters.h"

#include "common/base/error.h"
#include "common/base/result.h"
#include "common/model/date.h"
#include "searcher/engine/engine.h"
#include "searcher/http/parameters.h"
#include "searcher/query/parser.h"

#include <fmt/format.h>

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string>

namespace smallprint {
namespace {

using enum ParameterKind;

// A page of the answer to a stranger is smaller than that of the command line.
constexpr std::size_t k_most_on_page = 100;
constexpr std::size_t k_most_offset = 100'000;

constexpr std::array k_rows = {
    // The parser says itself what is too long, with the position.
    ParameterRow{.name = "q", .kind = text, .most = 8192},
    ParameterRow{.name = "vendor", .kind = text, .times = Times::any},
    ParameterRow{.name = "heading", .kind = text},
    ParameterRow{.name = "from", .kind = date},
    ParameterRow{.name = "to", .kind = date},
    ParameterRow{.name = "n", .kind = number, .least = 1, .most = k_most_on_page},
    ParameterRow{.name = "offset", .kind = number, .least = 0, .most = k_most_offset},
    ParameterRow{.name = "context", .kind = number, .least = 0, .most = k_most_context},
    ParameterRow{.name = "all_copies", .kind = truth},
    ParameterRow{.name = "synonyms", .kind = truth},
    ParameterRow{.name = "plain", .kind = truth},
};

Result<void> take_span(const Parameters& parameters, Filters& filters) {
    if (const auto from = parameters.date("from")) {
        filters.from = from->first;
    }
    if (const auto to = parameters.date("to")) {
        filters.to = to->last;
    }
    if (filters.from && filters.to && *filters.from > *filters.to) {
        return fail(ErrorCode::usage,
                    fmt::format("'from' {} is later than 'to' {}", format_day(*filters.from),
                                format_day(*filters.to)));
    }
    return {};
}

}  // namespace

std::span<const ParameterRow> search_parameters() {
    return k_rows;
}

Result<SearchRequest> search_request(const Parameters& parameters) {
    SearchRequest request;
    request.filters.vendors = parameters.texts("vendor");
    request.filters.heading = parameters.text("heading");
    TRY(take_span(parameters, request.filters));
    request.count = parameters.number("n").value_or(request.count);
    request.offset = parameters.number("offset").value_or(0);
    request.context = parameters.number("context").value_or(request.context);
    if (parameters.truth("all_copies").value_or(false)) {
        request.copies = Copies::show_all;
    }
    if (!parameters.truth("synonyms").value_or(true)) {
        request.synonyms = Synonyms::off;
    }
    const std::string query = parameters.text("q");
    if (query.empty()) {
        return fail(ErrorCode::usage, "nothing to search for", "name some words: ?q=WORDS");
    }
    const bool plain = parameters.truth("plain").value_or(false);
    TRY_ASSIGN(request.query, parse_query(query, plain ? QuerySyntax::plain : QuerySyntax::full));
    return request;
}

}  // namespace smallprint

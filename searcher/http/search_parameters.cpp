// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/http/search_parameters.h"

#include "common/base/error.h"
#include "common/base/result.h"
#include "common/model/date.h"
#include "searcher/engine/engine.h"
#include "searcher/engine/period.h"
#include "searcher/engine/trend.h"
#include "searcher/http/parameters.h"
#include "searcher/query/ast.h"
#include "searcher/query/parser.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace smallprint {
namespace {

using enum ParameterKind;

// A page of the answer to a stranger is smaller than that of the command line.
constexpr std::size_t k_most_on_page = 100;
constexpr std::size_t k_most_offset = 100'000;
// The parser says itself what is too long, and where.
constexpr std::size_t k_most_query_bytes = 8192;

constexpr std::array k_filters = {
    ParameterRow{.name = "vendor", .kind = text, .times = Times::any},
    ParameterRow{.name = "type", .kind = text, .times = Times::any},
    ParameterRow{.name = "host", .kind = text, .times = Times::any},
    ParameterRow{.name = "lang", .kind = text, .times = Times::any},
    ParameterRow{.name = "heading", .kind = text},
    ParameterRow{.name = "from", .kind = date},
    ParameterRow{.name = "to", .kind = date},
    ParameterRow{.name = "as_of", .kind = date},
    ParameterRow{.name = "changed", .kind = choice, .choices = "added removed"},
    ParameterRow{.name = "synonyms", .kind = truth},
    ParameterRow{.name = "plain", .kind = truth},
};

constexpr std::array k_search = {
    ParameterRow{.name = "q", .kind = text, .most = k_most_query_bytes},
    ParameterRow{.name = "n", .kind = number, .least = 1, .most = k_most_on_page},
    ParameterRow{.name = "offset", .kind = number, .least = 0, .most = k_most_offset},
    ParameterRow{.name = "context", .kind = number, .least = 0, .most = k_most_context},
    ParameterRow{.name = "all_copies", .kind = truth},
};

constexpr std::array k_trend = {
    ParameterRow{.name = "q",
                 .kind = text,
                 .most = k_most_query_bytes,
                 .times = Times::any,
                 .required = true},
    ParameterRow{.name = "by", .kind = choice, .choices = "year half-year quarter month"},
    ParameterRow{.name = "captured", .kind = truth},
};

constexpr std::array k_export = {
    ParameterRow{.name = "q", .kind = text, .most = k_most_query_bytes},
    ParameterRow{.name = "format", .kind = choice, .choices = "jsonl csv"},
};

template <std::size_t A, std::size_t B>
constexpr std::array<ParameterRow, A + B> joined(const std::array<ParameterRow, A>& a,
                                                 const std::array<ParameterRow, B>& b) {
    std::array<ParameterRow, A + B> rows;
    std::ranges::copy(a, rows.begin());
    std::ranges::copy(b, rows.begin() + A);
    return rows;
}

constexpr auto k_search_rows = joined(k_search, k_filters);
constexpr auto k_trend_rows = joined(k_trend, k_filters);
constexpr auto k_export_rows = joined(k_export, k_filters);

Result<Filters> filters_in(const Parameters& parameters) {
    Filters filters;
    filters.vendors = parameters.texts("vendor");
    filters.types = parameters.texts("type");
    filters.hosts = parameters.texts("host");
    filters.languages = parameters.texts("lang");
    filters.heading = parameters.text("heading");
    if (const auto from = parameters.date("from")) {
        filters.from = from->first;
    }
    if (const auto to = parameters.date("to")) {
        filters.to = to->last;
    }
    if (const auto as_of = parameters.date("as_of")) {
        filters.as_of = as_of->last;
    }
    if (const std::string changed = parameters.text("changed"); !changed.empty()) {
        filters.changed = changed == "added" ? Change::added : Change::removed;
    }
    TRY(check_order(filters.from, filters.to));
    return filters;
}

Synonyms synonyms_in(const Parameters& parameters) {
    return parameters.truth("synonyms").value_or(true) ? Synonyms::used : Synonyms::off;
}

QuerySyntax syntax_in(const Parameters& parameters) {
    return parameters.truth("plain").value_or(false) ? QuerySyntax::plain : QuerySyntax::full;
}

// What is too long is so at some byte, like any other mistake in a query.
Result<Query> parsed(const std::string& text, const Parameters& parameters) {
    auto query = parse_query(text, syntax_in(parameters));
    if (!query && !query.error().position) {
        Error error = query.error();
        error.position = 0;
        return fail(std::move(error));
    }
    return query;
}

}  // namespace

Result<void> check_order(std::optional<Day> from, std::optional<Day> to) {
    if (from && to && *from > *to) {
        return fail(ErrorCode::usage, fmt::format("'from' {} is later than 'to' {}",
                                                  format_day(*from), format_day(*to)));
    }
    return {};
}

std::span<const ParameterRow> search_parameters() {
    return k_search_rows;
}

Result<SearchRequest> search_request(const Parameters& parameters) {
    SearchRequest request;
    TRY_ASSIGN(request.filters, filters_in(parameters));
    request.synonyms = synonyms_in(parameters);
    request.count = parameters.number("n").value_or(request.count);
    request.offset = parameters.number("offset").value_or(0);
    request.context = parameters.number("context").value_or(request.context);
    if (parameters.truth("all_copies").value_or(false)) {
        request.copies = Copies::show_all;
    }
    const std::string query = parameters.text("q");
    if (query.empty()) {
        return fail(ErrorCode::usage, "nothing to search for", "name some words: ?q=WORDS");
    }
    TRY_ASSIGN(request.query, parsed(query, parameters));
    return request;
}

std::span<const ParameterRow> trend_parameters() {
    return k_trend_rows;
}

Result<TrendRequest> trend_request(const Parameters& parameters) {
    TrendRequest request;
    TRY_ASSIGN(request.filters, filters_in(parameters));
    request.synonyms = synonyms_in(parameters);
    request.by = period_length(parameters.text("by")).value_or(request.by);
    if (parameters.truth("captured").value_or(false)) {
        request.observation = Observation::captured;
    }
    const std::vector<std::string> queries = parameters.texts("q");
    if (queries.size() > k_most_trend_queries) {
        return fail(ErrorCode::usage, fmt::format("{} queries are over the limit of {}",
                                                  queries.size(), k_most_trend_queries));
    }
    for (const std::string& text : queries) {
        TRY_ASSIGN(Query query, parsed(text, parameters));
        request.queries.push_back(std::move(query));
    }
    return request;
}

std::span<const ParameterRow> export_parameters() {
    return k_export_rows;
}

Result<SearchRequest> export_request(const Parameters& parameters) {
    SearchRequest request;
    TRY_ASSIGN(request.filters, filters_in(parameters));
    request.synonyms = synonyms_in(parameters);
    request.copies = Copies::show_all;
    request.context = 0;
    request.time_limit.reset();
    if (const std::string query = parameters.text("q"); !query.empty()) {
        TRY_ASSIGN(request.query, parsed(query, parameters));
    }
    return request;
}

}  // namespace smallprint

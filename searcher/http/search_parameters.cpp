// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/http/search_parameters.h"

#include "common/base/error.h"
#include "common/base/result.h"
#include "common/model/date.h"
#include "searcher/http/limits.h"
#include "searcher/http/parameters.h"
#include "searcher/query/ast.h"
#include "searcher/query/parser.h"
#include "searcher/request/period.h"
#include "searcher/request/requests.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace smallprint {
namespace {

using enum ParameterKind;

// A page of the answer to a stranger is smaller than that of the command line.
constexpr std::size_t k_most_on_page = 100;
constexpr std::size_t k_most_offset = 100'000;
constexpr std::size_t k_most_pages = 5000;
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
    ParameterRow{.name = "synonyms", .kind = truth},
    ParameterRow{.name = "plain", .kind = truth},
};

// What picks clauses by their time, where the time is not what is counted.
constexpr std::array k_times = {
    ParameterRow{.name = "as_of", .kind = date},
    ParameterRow{.name = "changed", .kind = choice, .choices = "added removed"},
};

constexpr std::array k_query = {
    ParameterRow{.name = "q", .kind = text, .most = k_most_query_bytes},
};

constexpr std::array k_copies = {
    ParameterRow{.name = "all_copies", .kind = truth},
};

constexpr std::array k_order = {
    ParameterRow{.name = "cursor", .kind = text},
    ParameterRow{.name = "sort", .kind = choice, .choices = "relevance newest oldest"},
    ParameterRow{.name = "per_vendor", .kind = number, .least = 1, .most = k_most_on_page},
};

constexpr std::array k_form = {
    ParameterRow{.name = "page", .kind = number, .least = 1, .most = k_most_pages},
};

constexpr std::array k_page = {
    ParameterRow{.name = "n", .kind = number, .least = 1, .most = k_most_on_page},
    ParameterRow{.name = "offset", .kind = number, .least = 0, .most = k_most_offset},
    ParameterRow{.name = "context", .kind = number, .least = 0, .most = k_most_context},
    ParameterRow{.name = "facets", .kind = truth},
    ParameterRow{.name = "explain", .kind = truth},
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
    ParameterRow{.name = "format", .kind = choice, .choices = "jsonl csv"},
};

template <std::size_t... Sizes>
constexpr auto joined(const std::array<ParameterRow, Sizes>&... parts) {
    std::array<ParameterRow, (Sizes + ...)> rows;
    auto end = rows.begin();
    ((end = std::ranges::copy(parts, end).out), ...);
    return rows;
}

constexpr auto k_facet_rows = joined(k_query, k_copies, k_filters, k_times);
constexpr auto k_search_rows = joined(k_facet_rows, k_order, k_page);
constexpr auto k_search_page_rows = joined(k_facet_rows, k_order, k_form);
constexpr auto k_trend_rows = joined(k_trend, k_filters);
constexpr auto k_export_rows = joined(k_query, k_export, k_filters, k_times);

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

bool is_true(const Parameters& parameters, std::string_view name) {
    return parameters.truth(name).value_or(false);
}

Synonyms synonyms_in(const Parameters& parameters) {
    return parameters.truth("synonyms").value_or(true) ? Synonyms::used : Synonyms::off;
}

QuerySyntax syntax_in(const Parameters& parameters) {
    return is_true(parameters, "plain") ? QuerySyntax::plain : QuerySyntax::full;
}

Sort sort_in(const Parameters& parameters) {
    const std::string sort = parameters.text("sort");
    return sort == "newest" ? Sort::newest : sort == "oldest" ? Sort::oldest : Sort::relevance;
}

Result<void> take_page(const Parameters& parameters, SearchRequest& request) {
    request.count = parameters.number("n").value_or(request.count);
    request.offset = parameters.number("offset").value_or(0);
    request.cursor = parameters.text("cursor");
    request.sort = sort_in(parameters);
    request.per_vendor = parameters.number("per_vendor").value_or(0);
    request.context = parameters.number("context").value_or(request.context);
    request.facets = is_true(parameters, "facets") ? FacetCounts::counted : FacetCounts::none;
    request.explain = is_true(parameters, "explain") ? Explain::yes : Explain::no;
    if (!request.cursor.empty() && request.offset > 0) {
        return fail(ErrorCode::usage, "'cursor' and 'offset' both say where to begin",
                    "give one of them");
    }
    return {};
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
    request.copies = is_true(parameters, "all_copies") ? Copies::show_all : Copies::collapse;
    TRY(take_page(parameters, request));
    const std::string query = parameters.text("q");
    if (query.empty() && is_empty(request.filters)) {
        return fail(ErrorCode::usage, "nothing to search for", "name some words: ?q=WORDS");
    }
    TRY_ASSIGN(request.query, parsed(query, parameters));
    return request;
}

std::span<const ParameterRow> search_page_parameters() {
    return k_search_page_rows;
}

std::span<const ParameterRow> facet_parameters() {
    return k_facet_rows;
}

Result<SearchRequest> facet_request(const Parameters& parameters) {
    TRY_ASSIGN(SearchRequest request, search_request(parameters));
    request.facets = FacetCounts::counted;
    request.count = 1;
    request.context = 0;
    return request;
}

std::span<const ParameterRow> trend_parameters() {
    return k_trend_rows;
}

Result<TrendRequest> trend_request(const Parameters& parameters) {
    TrendRequest request;
    TRY_ASSIGN(request.filters, filters_in(parameters));
    request.synonyms = synonyms_in(parameters);
    request.time_limit = k_history_time;
    request.by = period_length(parameters.text("by")).value_or(request.by);
    if (is_true(parameters, "captured")) {
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
    request.time_limit = k_export_time;
    if (const std::string query = parameters.text("q"); !query.empty()) {
        TRY_ASSIGN(request.query, parsed(query, parameters));
    }
    return request;
}

}  // namespace smallprint

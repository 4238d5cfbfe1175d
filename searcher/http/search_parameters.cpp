// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/http/search_parameters.h"

#include "common/base/enum_names.h"
#include "common/base/error.h"
#include "common/base/result.h"
#include "common/model/date.h"
#include "searcher/html/search_state.h"
#include "searcher/http/limits.h"
#include "searcher/http/parameters.h"
#include "searcher/query/ast.h"
#include "searcher/query/parser.h"
#include "searcher/request/filters.h"
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
#include <variant>
#include <vector>

namespace smallprint::http {
namespace {

using enum ParameterKind;

// A page of the answer to a stranger is smaller than that of the command line.
constexpr std::size_t k_most_on_page = 100;
constexpr std::size_t k_most_offset = 100'000;
constexpr std::size_t k_most_pages = 5000;
// The parser says itself what is too long, and where.
constexpr std::size_t k_most_query_bytes = 8192;

constexpr ParameterRow parameter_of(const request::FilterRow& row) {
    struct KindOfMember {
        constexpr ParameterKind
        operator()(std::vector<std::string> request::Filters::* /*m*/) const {
            return text;
        }

        constexpr ParameterKind operator()(std::string request::Filters::* /*m*/) const {
            return text;
        }

        constexpr ParameterKind operator()(std::optional<Day> request::Filters::* /*m*/) const {
            return date;
        }

        constexpr ParameterKind
        operator()(std::optional<query::NumberRange> request::Filters::* /*m*/) const {
            return range;
        }

        constexpr ParameterKind
        operator()(std::optional<query::Change> request::Filters::* /*m*/) const {
            return choice;
        }
    };

    return {.name = row.parameter,
            .kind = std::visit(KindOfMember(), row.member),
            .choices = k_names_of<query::Change>,
            .times = request::has_several_values(row) ? Times::any : Times::once};
}

template <std::size_t Count>
constexpr std::array<ParameterRow, Count> filter_parameters(auto&& is_wanted) {
    std::array<ParameterRow, Count> rows;
    std::size_t at = 0;
    for (const request::FilterRow& row : request::k_filters) {
        if (is_wanted(row)) {
            rows.at(at++) = parameter_of(row);
        }
    }
    return rows;
}

constexpr bool is_any(const request::FilterRow& /*row*/) {
    return true;
}

constexpr bool is_in_trends(const request::FilterRow& row) {
    return row.in_trends == request::InTrends::yes;
}

constexpr auto k_clause_filters = filter_parameters<request::k_filters.size()>(is_any);
constexpr auto k_trend_filters =
    filter_parameters<std::ranges::count_if(request::k_filters, is_in_trends)>(is_in_trends);

constexpr std::array k_reading = {
    ParameterRow{.name = "synonyms", .kind = truth},
    ParameterRow{.name = "plain", .kind = truth},
};

constexpr std::array k_query = {
    ParameterRow{.name = "q", .kind = text, .most = k_most_query_bytes},
};

constexpr std::array k_copies = {
    ParameterRow{.name = "all_copies", .kind = truth},
};

constexpr std::array k_order = {
    ParameterRow{.name = "cursor", .kind = text},
    ParameterRow{.name = "sort", .kind = choice, .choices = k_names_of<request::Sort>},
    ParameterRow{.name = "per_vendor", .kind = number, .least = 1, .most = k_most_on_page},
};

constexpr std::array k_form = {
    ParameterRow{.name = "page", .kind = number, .least = 1, .most = k_most_pages},
};

constexpr std::array k_page = {
    ParameterRow{.name = "n", .kind = number, .least = 1, .most = k_most_on_page},
    ParameterRow{.name = "offset", .kind = number, .least = 0, .most = k_most_offset},
    ParameterRow{.name = "context", .kind = number, .least = 0, .most = request::k_most_context},
    ParameterRow{.name = "facets", .kind = truth},
    ParameterRow{.name = "explain", .kind = truth},
};

constexpr std::array k_trend_queries = {
    ParameterRow{.name = "q",
                 .kind = text,
                 .most = k_most_query_bytes,
                 .times = Times::any,
                 .required = true},
};

constexpr std::array k_trend_page_queries = {
    ParameterRow{.name = "q", .kind = text, .most = k_most_query_bytes, .times = Times::any},
};

constexpr std::array k_periods = {
    ParameterRow{.name = "by", .kind = choice, .choices = k_names_of<request::PeriodLength>},
};

constexpr std::array k_observation = {
    ParameterRow{.name = "captured", .kind = truth},
};

constexpr std::array k_export_names = {name_of(request::k_export_formats[0]),
                                       name_of(request::k_export_formats[1])};
constexpr std::array k_export = {
    ParameterRow{.name = "format", .kind = choice, .choices = k_export_names},
};

template <std::size_t... Sizes>
constexpr auto joined(const std::array<ParameterRow, Sizes>&... parts) {
    std::array<ParameterRow, (Sizes + ...)> rows;
    auto end = rows.begin();
    ((end = std::ranges::copy(parts, end).out), ...);
    return rows;
}

constexpr auto k_facet_rows = joined(k_query, k_copies, k_clause_filters, k_reading);
constexpr auto k_search_rows = joined(k_facet_rows, k_order, k_page);
constexpr auto k_search_page_rows = joined(k_facet_rows, k_order, k_form);
constexpr auto k_trend_rows =
    joined(k_trend_queries, k_periods, k_observation, k_trend_filters, k_reading);
constexpr auto k_trend_page_rows = joined(k_trend_page_queries, k_periods, k_trend_filters);
constexpr auto k_export_rows = joined(k_query, k_export, k_clause_filters, k_reading);

Result<request::Filters> filters_in(const Parameters& parameters) {
    request::Filters filters;
    for (const request::FilterRow& row : request::k_filters) {
        for (const std::string& value : parameters.texts(row.parameter)) {
            request::set_filter(row, value, filters);
        }
    }
    TRY(check_order(filters.from, filters.to));
    return filters;
}

bool is_true(const Parameters& parameters, std::string_view name) {
    return parameters.truth(name).value_or(false);
}

request::Synonyms synonyms_in(const Parameters& parameters) {
    return parameters.truth("synonyms").value_or(true) ? request::Synonyms::used
                                                       : request::Synonyms::off;
}

query::QuerySyntax syntax_in(const Parameters& parameters) {
    return is_true(parameters, "plain") ? query::QuerySyntax::plain : query::QuerySyntax::full;
}

Result<void> take_page(const Parameters& parameters, request::SearchRequest& request) {
    request.count = parameters.number("n").value_or(request.count);
    request.offset = parameters.number("offset").value_or(0);
    request.cursor = parameters.text("cursor");
    request.sort = value_named<request::Sort>(parameters.text("sort")).value_or(request.sort);
    request.per_vendor = parameters.number("per_vendor").value_or(0);
    request.context = parameters.number("context").value_or(request.context);
    request.facets =
        is_true(parameters, "facets") ? request::FacetCounts::counted : request::FacetCounts::none;
    request.explain = is_true(parameters, "explain") ? request::Explain::yes : request::Explain::no;
    if (!request.cursor.empty() && request.offset > 0) {
        return fail(ErrorCode::usage, "'cursor' and 'offset' both say where to begin",
                    "give one of them");
    }
    return {};
}

// What is too long is so at some byte, like any other mistake in a query.
Result<query::Query> parsed(const std::string& text, const Parameters& parameters) {
    auto query = query::parse_query(text, syntax_in(parameters));
    if (!query && !query.error().position) {
        Error error = query.error();
        error.position = 0;
        return fail(std::move(error));
    }
    return query;
}

}  // namespace

html::FilterTexts filter_texts(const Parameters& parameters) {
    html::FilterTexts texts;
    for (const request::FilterRow& row : request::k_filters) {
        texts[row.filter] = parameters.texts(row.parameter);
    }
    return texts;
}

Result<void> check_order(std::optional<Day> from, std::optional<Day> to) {
    return check_order(SpanEnd{"'from'", from}, SpanEnd{"'to'", to});
}

std::span<const ParameterRow> search_parameters() {
    return k_search_rows;
}

Result<request::SearchRequest> search_request(const Parameters& parameters) {
    request::SearchRequest request;
    TRY_ASSIGN(request.filters, filters_in(parameters));
    request.synonyms = synonyms_in(parameters);
    request.copies =
        is_true(parameters, "all_copies") ? request::Copies::show_all : request::Copies::collapse;
    TRY(take_page(parameters, request));
    const std::string query = parameters.text("q");
    if (query.empty() && request::is_empty(request.filters)) {
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

Result<request::SearchRequest> facet_request(const Parameters& parameters) {
    TRY_ASSIGN(request::SearchRequest request, search_request(parameters));
    request.facets = request::FacetCounts::counted;
    request.count = 1;
    request.context = 0;
    return request;
}

std::span<const ParameterRow> trend_parameters() {
    return k_trend_rows;
}

std::span<const ParameterRow> trend_page_parameters() {
    return k_trend_page_rows;
}

Result<request::TrendRequest> trend_request(const Parameters& parameters) {
    request::TrendRequest request;
    TRY_ASSIGN(request.filters, filters_in(parameters));
    request.synonyms = synonyms_in(parameters);
    request.time_limit = k_history_time;
    request.by = value_named<request::PeriodLength>(parameters.text("by")).value_or(request.by);
    if (is_true(parameters, "captured")) {
        request.observation = request::Observation::captured;
    }
    const std::vector<std::string> queries = parameters.texts("q");
    if (queries.size() > request::k_most_trend_queries) {
        return fail(ErrorCode::usage, fmt::format("{} queries are over the limit of {}",
                                                  queries.size(), request::k_most_trend_queries));
    }
    for (const std::string& text : queries) {
        TRY_ASSIGN(query::Query query, parsed(text, parameters));
        request.queries.push_back(std::move(query));
    }
    return request;
}

std::span<const ParameterRow> export_parameters() {
    return k_export_rows;
}

Result<request::SearchRequest> export_request(const Parameters& parameters) {
    request::SearchRequest request;
    TRY_ASSIGN(request.filters, filters_in(parameters));
    request.synonyms = synonyms_in(parameters);
    request.copies = request::Copies::show_all;
    request.context = 0;
    request.time_limit = k_export_time;
    if (const std::string query = parameters.text("q"); !query.empty()) {
        TRY_ASSIGN(request.query, parsed(query, parameters));
    }
    return request;
}

}  // namespace smallprint::http

// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/result.h"
#include "common/model/date.h"
#include "searcher/html/search_state.h"
#include "searcher/http/parameters.h"
#include "searcher/request/requests.h"

#include <optional>
#include <span>

namespace smallprint::http {

// The parameters of what looks for clauses: the options of `smallprint search`, `trend` and
// `export` by other names. A mistake in `q` is ErrorCode::query.

std::span<const ParameterRow> search_parameters();
Result<request::SearchRequest> search_request(const Parameters& parameters);

// The same as the forms of the page send it: `page` says which of them, in place of `n` and
// `offset`.
std::span<const ParameterRow> search_page_parameters();

// A search for the counts beside its results alone.
std::span<const ParameterRow> facet_parameters();
Result<request::SearchRequest> facet_request(const Parameters& parameters);

std::span<const ParameterRow> trend_parameters();

// Without a query, the page is the one to begin with.
std::span<const ParameterRow> trend_page_parameters();
Result<request::TrendRequest> trend_request(const Parameters& parameters);

std::span<const ParameterRow> export_parameters();
Result<request::SearchRequest> export_request(const Parameters& parameters);

// The filters as a page shows them again.
html::FilterTexts filter_texts(const Parameters& parameters);

// That 'from' is not later than 'to'.
Result<void> check_order(std::optional<Day> from, std::optional<Day> to);

}  // namespace smallprint::http

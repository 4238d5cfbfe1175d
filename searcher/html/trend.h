// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/error.h"
#include "searcher/html/search_state.h"
#include "searcher/html/site.h"
#include "searcher/over_time/trend.h"

#include <cstddef>
#include <string>
#include <vector>

namespace smallprint::html {

// The page that counts who says something, query beside query. The state is what the user wrote.
struct TrendState {
    std::vector<std::string> queries;
    FilterTexts filters;
    std::string by;  // "year" and so on; empty for half-years
};

// The answer, an error of one of the queries, or with neither the page to begin with.
struct TrendPage {
    const TrendState& state;
    const over_time::Trend* trend = nullptr;
    const Error* error = nullptr;
};

std::string trend_page(const TrendPage& page, const Site& site);

std::string trend_url(const TrendState& state);

// The shares as lines over the periods.
std::string trend_chart(const over_time::Trend& trend);

}  // namespace smallprint::html

// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <span>
#include <string_view>

namespace smallprint {

// The query language in a few lines, for pages: each row a query that can be tried.
struct QueryHelpRow {
    std::string_view written;
    std::string_view means;
};

std::span<const QueryHelpRow> query_help();

// Queries to begin with, for somebody who sees the page for the first time.
std::span<const QueryHelpRow> first_queries();

}  // namespace smallprint

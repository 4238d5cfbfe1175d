// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/error.h"
#include "searcher/index/clause_view.h"
#include "searcher/request/requests.h"
#include "searcher/search/results.h"

#include <optional>
#include <string>
#include <string_view>

namespace smallprint {

// The answers as JSON for programs, one function per schema in schemas/. Each is one line that ends
// in a newline, valid UTF-8 whatever the archive holds; offsets are bytes of the text they are in.

std::string search_json(const SearchResults& results, const SearchRequest& request);

// The counts beside the results alone.
std::string facets_json(const SearchResults& results, const SearchRequest& request);

// The hits alone, each on a line of its own, with the id of the query in a file of them.
std::string hit_lines(const SearchResults& results, std::optional<std::string_view> query_id = {});

// A clause of an export: a hit without what ranks it and without neighbours.
std::string export_json(const Hit& hit);

std::string clause_json(const ClauseView& clause);
std::string policy_json(const PolicyView& view);
std::string check_json(const CheckReport& report);
std::string info_json(const IndexOverview& overview);
std::string error_json(const Error& error);

}  // namespace smallprint

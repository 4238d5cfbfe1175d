// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/error.h"
#include "searcher/diff/diff.h"
#include "searcher/index/clause_view.h"
#include "searcher/over_time/coverage.h"
#include "searcher/over_time/history.h"
#include "searcher/over_time/trend.h"
#include "searcher/request/requests.h"
#include "searcher/search/results.h"
#include "searcher/search/suggest.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace smallprint::json {

// The answers as JSON for programs, one function per schema in schemas/. Each is one line that ends
// in a newline, valid UTF-8 whatever the archive holds; offsets are bytes of the text they are in.

std::string search_json(const search::SearchResults& results,
                        const request::SearchRequest& request);

// The counts beside the results alone.
std::string facets_json(const search::SearchResults& results,
                        const request::SearchRequest& request);

// The hits alone, each on a line of its own, with the id of the query in a file of them.
std::string hit_lines(const search::SearchResults& results,
                      std::optional<std::string_view> query_id = {});

// A clause of an export: a hit without what ranks it and without neighbours.
std::string export_json(const search::Hit& hit);

std::string clause_json(const index::ClauseView& clause);
std::string policy_json(const index::PolicyView& view);
std::string check_json(const index::CheckReport& report);
std::string info_json(const index::IndexOverview& overview);
std::string error_json(const Error& error);

// smallprint.diff.v1.
std::string diff_json(const diff::DiffResults& results);

// smallprint.clause_history.v1 of a clause, else smallprint.history.v1.
std::string history_json(const over_time::History& history, const request::HistoryRequest& request);

std::string trend_json(const over_time::Trend& trend,
                       const request::TrendRequest& request);  // smallprint.trend.v1

std::string vendors_json(const over_time::Coverage& coverage);  // smallprint.vendors.v1

// smallprint.suggestions.v1.
std::string suggestions_json(const std::vector<search::Suggestion>& suggestions,
                             const request::SuggestRequest& request);

// An error as HTTP tells it (RFC 9457): schemas/problem.v1.schema.json.
struct ProblemFacts {
    int status = 0;
    std::string_view title;  // the words that go with the status
    std::string_view code;
    std::string_view message;
    std::string_view hint;  // empty if there is none
    std::optional<std::size_t> position;
};

std::string problem_json(const ProblemFacts& facts);

}  // namespace smallprint::json

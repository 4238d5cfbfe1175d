// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/error.h"
#include "searcher/diff/diff.h"
#include "searcher/html/site.h"
#include "searcher/index/clause_view.h"
#include "searcher/over_time/coverage.h"
#include "searcher/over_time/history.h"

#include <string>
#include <string_view>
#include <vector>

namespace smallprint::html {

// The pages besides the search, each a function of what the engine answers. All links lead to pages
// of ours or, where an archive names them, to http and https addresses.

// A clause in its surroundings, its life, how to cite it. `clause` has neighbours, `life` its runs.
std::string clause_page(const index::ClauseView& clause, const over_time::ClauseLife& life,
                        const Site& site);

// A policy as it stood in a snapshot.
std::string policy_page(const index::PolicyView& view, const Site& site);

// `captures` are the days to choose from, of the first policy compared.
struct DiffPage {
    const diff::DiffResults& results;
    std::vector<CaptureTime> captures = {};
};

std::string diff_page(const DiffPage& page, const Site& site);

// The policies of a vendor, and what changed when.
std::string vendor_page(const std::string& vendor, const over_time::History& history,
                        const Site& site);

// Who is in the archive, and when.
std::string vendors_page(const over_time::Coverage& coverage, const Site& site);

// The query language, what the dates mean, the API.
std::string about_page(const index::IndexOverview& overview, const Site& site);

// Something else than the query is wrong: no such page, clause or vendor, or a failure.
std::string error_page(const Error& error, const Site& site);

// For a browser's list of search engines. `base` is where this server is reached: "http://host".
std::string opensearch_xml(std::string_view base);

}  // namespace smallprint::html

// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/result.h"
#include "common/index_format/directory.h"
#include "common/model/date.h"
#include "common/model/policy.h"
#include "searcher/index/clause_view.h"
#include "searcher/index/index.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

namespace smallprint::index {

// Records of the index put together to what people are shown.

PolicyFacts policy_facts(const Policy& policy);

// As it stands in a heading path: "Log Files:" above a clause is "Log Files".
std::string heading_label(const Heading& heading);

// Dates of all runs; absent where the snapshots have none.
RunDates run_dates(const Policy& policy, const Run& run);

// The newest snapshot at or before a day; without a date no snapshot can be said to be.
std::optional<std::size_t> snapshot_at(const Policy& policy, Day day);

// Everything about a clause but also_at_vendors, with `context` neighbouring clauses to each side.
// `document` must be that of a passage.
Result<ClauseView> view_clause(Index& index, index_format::DocumentId document,
                               std::size_t context);

// A policy as it stood in one of its snapshots. `focus` is the number of the passage that was asked
// for, 0 for none.
Result<PolicyView> view_policy(Index& index, index_format::DocumentId policy_document,
                               std::size_t snapshot, std::uint32_t focus);

Result<PolicyOverview> view_overview(Index& index, index_format::DocumentId policy_document);

}  // namespace smallprint::index

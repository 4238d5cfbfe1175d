// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/result.h"
#include "common/index_format/directory.h"
#include "searcher/index/index.h"
#include "searcher/match/condition.h"

namespace smallprint::match {

// Decides a condition on a clause's runs, exact to the day. Reads records only where the directory
// cannot tell. `document` must be that of a passage.
//
// A run lasts from its first snapshot that has a date to its last; snapshots without a date come
// first. What happened in a snapshot without a date happened on no day.
Result<bool> matches_in_time(const HasFact& condition, index_format::DocumentId document,
                             index::Index& index);

}  // namespace smallprint::match

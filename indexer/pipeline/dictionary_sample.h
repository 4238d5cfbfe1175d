// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "indexer/pipeline/plan.h"
#include "indexer/pipeline/policy_loader.h"
#include "indexer/pipeline/previous_index.h"

#include <span>
#include <string>

namespace smallprint {

// The zstd dictionary for a generation: that of the previous one, unless most of the text is new;
// else trained on the records of the newest snapshots, taken evenly over the archives. Depends on
// the tasks alone, never on threads or time.
std::string make_dictionary(std::span<const PolicyTask> tasks, const Archives& archives,
                            const PreviousIndex* previous);

}  // namespace smallprint

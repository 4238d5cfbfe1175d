// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/result.h"
#include "common/model/listing.h"
#include "indexer/pipeline/pipeline.h"
#include "indexer/pipeline/plan.h"
#include "indexer/pipeline/policy_loader.h"
#include "indexer/pipeline/previous_index.h"

#include <span>
#include <vector>

namespace smallprint {

struct SurveyContext {
    const PipelineOptions& options;
    const Archives& archives;
    const PreviousIndex& previous;
};

// Finds out which of the policies that the previous index has got new snapshots, and notes it in
// the tasks. Texts are read and hashed, since only that tells honestly; they are not split. Returns
// what could not be read of the policies without news; the others will be read again.
Result<std::vector<Skipped>> find_news(std::span<PolicyTask> tasks, const SurveyContext& context);

}  // namespace smallprint

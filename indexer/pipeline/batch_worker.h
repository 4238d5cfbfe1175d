// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/result.h"
#include "indexer/pipeline/pipeline.h"
#include "indexer/pipeline/plan.h"
#include "indexer/pipeline/policy_loader.h"
#include "indexer/pipeline/previous_index.h"
#include "indexer/write/batch_outcome.h"
#include "indexer/write/shard_writer.h"

#include <cstdint>
#include <filesystem>
#include <span>
#include <string_view>
#include <vector>

namespace smallprint::pipeline {

struct BuildContext {
    const PipelineOptions& options;
    const Archives& archives;
    const PreviousIndex* previous;  // null if there is none
    std::filesystem::path shard_folder;
    std::string_view dictionary;
};

struct BuiltBatches {
    std::vector<write::Shard> shards;  // in the order of the tasks
    write::Tally tally;
    std::uint64_t resumed = 0;  // policies whose shards were there already
    StageTimes times;
};

// Has workers turn all tasks into shards. Batches whose outcome is noted in the folder of shards
// are taken from there.
Result<BuiltBatches> build_batches(std::span<const PolicyTask> tasks, const BuildContext& context);

}  // namespace smallprint::pipeline

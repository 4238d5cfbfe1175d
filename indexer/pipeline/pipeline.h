// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/result.h"
#include "common/index_format/generation.h"
#include "common/model/listing.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace smallprint {

// How far the run is; passed on from worker threads, one call at a time.
struct Progress {
    std::uint64_t snapshots_done = 0;
    std::uint64_t snapshots = 0;
    std::uint64_t bytes_done = 0;
    std::uint64_t bytes = 0;
};

struct PipelineOptions {
    std::vector<std::filesystem::path> sources;
    std::filesystem::path index;
    unsigned threads = 1;
    bool strict = false;  // whatever cannot be read ends the run
    std::string created;  // the moment to be noted in the index, UTC
    std::function<void(const Progress&)> on_progress = {};
    std::function<bool()> stop_requested = {};
};

struct PipelineReport {
    Counts counts;
    std::uint64_t vendors = 0;
    std::uint64_t undated = 0;         // snapshots without a date
    std::uint64_t without_vendor = 0;  // snapshots without a vendor
    std::vector<Skipped> skipped;      // sorted by place
    std::filesystem::path generation;  // what was published
    std::uint64_t index_bytes = 0;
};

// From archives to a published generation. The only room that knows all stages: it lists the
// archives, makes the catalog, lets the workers split and write batches of policies, and has the
// publisher put the shards together in the catalog's order, so that the result does not depend on
// the number of threads. The first error of a worker stops all and is returned.
Result<PipelineReport> run_pipeline(const PipelineOptions& options);

}  // namespace smallprint

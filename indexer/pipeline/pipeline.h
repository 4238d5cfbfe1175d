// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/error.h"
#include "common/base/result.h"
#include "common/index_format/generation.h"
#include "common/model/listing.h"
#include "indexer/archive/reading_options.h"
#include "indexer/pipeline/policy_loader.h"
#include "indexer/pipeline/selection.h"

#include <fmt/format.h>

#include <cstdint>
#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <vector>

namespace smallprint::pipeline {

// Says how a run goes on when something in its archives cannot be read.
enum class Strictness : std::uint8_t {
    lenient,  // it is skipped and listed
    strict,   // the run ends
};

// The error that a strict run ends with if any of the items is a fault of its archive.
inline Result<void> check_skipped(Strictness strictness, std::span<const Skipped> skipped) {
    for (const Skipped& item : skipped) {
        if (strictness == Strictness::strict && !is_expected(item.kind)) {
            return fail(ErrorCode::input, fmt::format("{}: {}", item.place, item.reason),
                        "without --strict, what cannot be read is skipped and listed");
        }
    }
    return {};
}

enum class Stage : std::uint8_t {
    listing,     // finding out what the archives hold
    comparing,   // with what the index has
    indexing,    // reading, splitting, writing shards
    publishing,  // putting the shards together
};

// How far a stage is; passed on from worker threads, one call at a time.
struct Progress {
    Stage stage = Stage::listing;
    std::uint64_t snapshots_done = 0;
    std::uint64_t snapshots = 0;
    std::uint64_t bytes_done = 0;
    std::uint64_t bytes = 0;
};

// Says what a run does with the index that is there.
enum class Existing : std::uint8_t {
    add_to,   // it keeps what it has
    replace,  // by the archives that are named
};

struct PipelineOptions {
    std::vector<std::filesystem::path> sources;
    std::filesystem::path index;
    archive::ReadingOptions reading = {};
    Selection selection = {};
    Existing existing = Existing::add_to;
    unsigned threads = 1;
    Strictness strictness = Strictness::lenient;
    std::string created;  // the moment to be noted in the index, UTC
    std::function<void(const Progress&)> on_progress = {};
    std::function<bool()> stop_requested = {};
};

struct SourceReport {
    std::string place;   // as named by the user, or found below it
    std::string format;  // "git", "warc", ...
    std::uint64_t snapshots = 0;
    std::uint64_t skipped = 0;
};

struct PipelineReport {
    bool unchanged = false;  // all that was found was in the index; nothing published
    std::vector<SourceReport> sources;
    std::uint64_t listed = 0;     // snapshots that the archives hold
    std::uint64_t added = 0;      // of them, those the index did not have,
    std::uint64_t known = 0;      // those it had
    SkipCounts left_out = {};     // and those that were skipped
    std::uint64_t converted = 0;  // of those added, with text that was not UTF-8,
    std::uint64_t mojibake = 0;   // or that was decoded wrongly once
    std::uint64_t resumed = 0;    // policies that an earlier run had done
    index_format::Counts counts;  // of what the index holds now
    std::uint64_t vendors = 0;
    std::uint64_t undated = 0;         // snapshots without a date
    std::uint64_t without_vendor = 0;  // snapshots without a vendor
    std::vector<Skipped> skipped;      // the snapshots left out and all else, sorted by place
    std::filesystem::path generation;  // what is published
    std::uint64_t index_bytes = 0;
    StageTimes times;
};

// From archives to a published generation. The only room that knows all stages: it lists the
// archives, makes the catalog, compares it with the published generation, lets workers split and
// write batches of policies, and has the publisher put the shards together in the catalog's order,
// so that the result does not depend on the number of threads. Memory is bounded by the list of
// snapshots and the largest histories that workers hold. What a run that was stopped, killed or
// failed has finished is used by the next with the same archives.
Result<PipelineReport> run_pipeline(const PipelineOptions& options);

// ErrorCode::interrupted once the user has asked to stop. `next` says what the same command does
// then.
inline Result<void> check_not_stopped(const PipelineOptions& options, const char* next) {
    if (options.stop_requested && options.stop_requested()) {
        return fail(ErrorCode::interrupted, "stopped; the index is as it was before",
                    std::string("run the same command again to ") + next);
    }
    return {};
}

}  // namespace smallprint::pipeline

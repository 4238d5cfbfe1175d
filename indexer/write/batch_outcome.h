// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/result.h"
#include "common/index_format/generation.h"
#include "common/model/listing.h"
#include "indexer/write/shard_writer.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace smallprint::write {

// Counts what there is to say of a part of the policies, or of all of them.
struct Tally {
    index_format::Counts counts;       // of what is in the index
    std::uint64_t added = 0;           // snapshots that the index did not have
    std::uint64_t known = 0;           // snapshots of the archives that the index had
    std::uint64_t undated = 0;         // snapshots without a date
    std::uint64_t without_vendor = 0;  // snapshots without a vendor
    std::uint64_t converted = 0;       // added snapshots whose text was not UTF-8
    std::uint64_t mojibake = 0;        // added snapshots with text that was decoded wrongly once
    std::set<std::string> vendors;
    std::vector<Skipped> skipped;

    void add(Tally other);
};

// Holds what a worker made of a batch of policies.
struct BatchOutcome {
    std::vector<Shard> shards;
    Tally tally;
};

// Notes a finished batch beside its shards, with digests of their files, so that a run that was
// stopped or killed can be gone on with. Nothing is synced: what a crash of the machine lost does
// not match its digest.
Result<void> write_outcome(const std::filesystem::path& file, const BatchOutcome& outcome);

// Nothing if the batch was not finished, or its files are not what they were.
std::optional<BatchOutcome> read_outcome(const std::filesystem::path& file);

}  // namespace smallprint::write

// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/model/listing.h"
#include "common/model/policy.h"
#include "indexer/archive/archive_reader.h"
#include "indexer/catalog/catalog.h"
#include "indexer/write/batch_outcome.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace smallprint::pipeline {

using Archives = std::vector<std::unique_ptr<archive::ArchiveReader>>;

// Nanoseconds that threads were at work, to see where the time goes.
struct StageTimes {
    std::uint64_t read = 0;     // archives to text
    std::uint64_t split = 0;    // text to pieces
    std::uint64_t join = 0;     // pieces to runs
    std::uint64_t analyse = 0;  // text to stems
    std::uint64_t store = 0;    // Xapian and records
    std::uint64_t publish = 0;  // compaction, digests, syncing

    StageTimes& operator+=(const StageTimes& other) {
        read += other.read;
        split += other.split;
        join += other.join;
        analyse += other.analyse;
        store += other.store;
        publish += other.publish;
        return *this;
    }
};

struct LoadedPolicy {
    PolicyHistory history;  // without snapshots if none of them could be read
    write::Tally tally;     // what was added and skipped
    StageTimes times;
};

// A snapshot that is in the index already.
struct KnownSnapshot {
    std::size_t history = 0;
    std::size_t number = 0;  // in that history
    std::string key;         // that a policy of its page alone would have
};

// What an index has of a policy: snapshots of one stored policy, or of several where its page
// moved. In order of time.
struct KnownSnapshots {
    std::vector<PolicyHistory> histories;
    std::vector<KnownSnapshot> snapshots;

    const Snapshot& operator[](std::size_t i) const {
        return histories[snapshots[i].history].policy.snapshots[snapshots[i].number];
    }
};

// Reads, splits and joins snapshots of one policy, and those that are known already. A text that
// several snapshots share is read and split once. Skipped are texts that cannot be read or hold no
// words, and the second of two equal texts at one moment; one that is known at that moment is not
// worth mentioning.
LoadedPolicy load_policy(const catalog::CatalogPolicy& policy,
                         std::span<const catalog::CatalogEntry> entries, const Archives& archives,
                         const KnownSnapshots& known = {});

// The texts of an entry's clauses; none if it cannot be read.
std::vector<std::string> read_clauses(const catalog::CatalogEntry& entry, const Archives& archives);

// True if any of the entries, as far as they can be read, is not in `previous`. What cannot be read
// goes to `skipped`. Reads until it finds one, and splits nothing.
bool has_news(std::span<const catalog::CatalogEntry> entries, const Archives& archives,
              const Policy& previous, std::vector<Skipped>& skipped);

}  // namespace smallprint::pipeline

// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/result.h"
#include "common/index_format/generation.h"
#include "common/io/file.h"
#include "indexer/write/shard_writer.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace smallprint::write {

// Builds a generation aside and publishes it; the only file that renames one into place. Until
// publish() has returned, readers see the generation that was there before, or none.
class Publisher {
public:
    // Takes the writer's lock of the index folder, which is created if need be.
    static Result<Publisher> open(const std::filesystem::path& index);

    // Makes room for a generation. Shards that an interrupted run left stay if it had the same plan
    // (any text that is equal for equal shards); everything else it left is cleared away.
    Result<void> begin(std::string_view plan) const;

    // For shards; on the same file system as the index, gone after publishing.
    std::filesystem::path shard_folder() const { return m_building / "shards"; }

    // Clears away what a run that failed leaves; the index is as it was before.
    void abandon() const;

    // Puts the shards together in the order given, verifies, syncs, renames. `meta` has everything
    // but its list of files. Returns the generation's folder.
    Result<std::filesystem::path> publish(const std::vector<Shard>& shards,
                                          std::string_view dictionary, index_format::Meta meta);

private:
    Publisher(std::filesystem::path index, io::FileLock lock, std::uint64_t latest);

    Result<void> finish_publishing() const;
    Result<void> compact_postings(const std::vector<Shard>& shards) const;
    Result<void> name_generation(const std::string& name) const;
    Result<void> join_records(const std::vector<Shard>& shards) const;
    Result<void> check_room() const;
    Result<void> verify(const index_format::Meta& meta) const;
    void remove_all_but(std::uint64_t previous) const;

    std::filesystem::path m_index;
    std::filesystem::path m_building;    // everything in the making
    std::filesystem::path m_generation;  // the part of it that will be published
    io::FileLock m_lock;
    std::uint64_t m_published = 0;  // number of the published generation, 0 for none
    std::uint64_t m_number;         // of the one in the making
};

}  // namespace smallprint::write

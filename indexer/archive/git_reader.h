// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/result.h"
#include "common/model/listing.h"
#include "common/model/snapshot.h"
#include "indexer/archive/archive_reader.h"
#include "indexer/archive/git_history.h"
#include "indexer/archive/git_objects.h"

#include <git2.h>

#include <filesystem>
#include <map>
#include <mutex>
#include <string>
#include <vector>

namespace smallprint {

// A git history of policies: every version of a file along HEAD's first parents is a snapshot,
// captured when its commit was authored. Knows Open Terms Archive's form, files with the
// provenance line of the Princeton-Leuven corpus, and ordinary repositories of policies. Texts come
// straight from the object store; nothing is checked out.
class GitReader : public ArchiveReader {
public:
    explicit GitReader(std::filesystem::path folder);

    Result<Listing> list() override;
    Result<SourceText> read(const ListedSnapshot& snapshot) const override;

private:
    // What is the same for all versions of a file.
    std::map<std::string, SnapshotFacts> facts_of_paths(git_repository& repository,
                                                        const GitHistory& history) const;
    void list_version(git_repository& repository, const GitHistory& history,
                      const GitVersion& version, SnapshotFacts facts, Listing& listing);

    // A repository of its own for each reading thread, kept for the next.
    Result<GitRepository> borrow() const;
    void give_back(GitRepository repository) const;

    std::filesystem::path m_folder;
    std::vector<git_oid> m_blobs;  // by locator
    mutable std::mutex m_mutex;
    mutable std::vector<GitRepository> m_free;
};

}  // namespace smallprint

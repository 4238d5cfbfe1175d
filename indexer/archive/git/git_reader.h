// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/result.h"
#include "common/model/listing.h"
#include "common/model/snapshot.h"
#include "indexer/archive/archive_reader.h"
#include "indexer/archive/git/git_bundle.h"
#include "indexer/archive/git/git_history.h"
#include "indexer/archive/git/git_object_store.h"
#include "indexer/archive/git/git_objects.h"

#include <git2.h>

#include <filesystem>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace smallprint {

// A git history of policies: every version of a file along HEAD's first parents is a snapshot,
// captured when its commit was authored; the dates may run in another order than the commits, as
// when an archive extracts an old capture anew. Knows Open Terms Archive's form, files with the
// provenance line of the Princeton-Leuven corpus, and ordinary repositories of policies. Texts come
// straight from the object store; nothing is checked out, and no name in a repository is ever the
// path of a file.
class GitReader : public ArchiveReader {
public:
    explicit GitReader(std::filesystem::path folder, OwnerTrust trust = OwnerTrust::own);

    // Reads a bundle that was unpacked; `name` speaks for policies that name no vendor.
    GitReader(std::string name, BundleRepository bundle);

    Result<Listing> list() override;
    Result<SourceText> read(const ListedSnapshot& snapshot) const override;

private:
    // Finds the facts that are the same for all versions of a file. Files that are not policies
    // have none.
    std::map<std::string, SnapshotFacts> find_facts(const GitObjectStore& objects,
                                                    const GitHistory& history) const;
    void list_version(const GitObjectStore& objects, const GitHistory& history,
                      const GitVersion& version, SnapshotFacts facts, Listing& listing);
    void number_texts(Listing& listing) const;

    // Objects of its own for each reading thread, kept for the next.
    Result<GitObjectStore> borrow() const;
    void give_back(GitObjectStore objects) const;

    std::optional<BundleRepository> m_bundle;  // outlives what is opened in it
    std::filesystem::path m_folder;
    std::string m_name;
    OwnerTrust m_trust;
    std::vector<git_oid> m_blobs;  // by locator
    mutable std::mutex m_mutex;
    mutable std::vector<GitObjectStore> m_free;
};

}  // namespace smallprint

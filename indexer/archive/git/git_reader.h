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
#include <string_view>
#include <vector>

namespace smallprint::archive {

// A path and a commit's message say something of a file in a git history.

// True if the history keeps versions as Open Terms Archive does (https://opentermsarchive.org): the
// path is "Service/Terms Type.md" and the message names "Service Terms Type".
bool is_terms_archive_version(std::string_view path, std::string_view message);

// True if such a version is an earlier capture that the archive's tools extracted anew: "Refilter
// ..." until 2022, "Apply technical or declaration upgrade on ..." since. It bears the date of the
// capture, which may lie before what the history already has of the file. Everything else ("Start
// tracking", "First record of", "Update", "Record new changes of") was captured for the occasion.
bool is_reextraction(std::string_view path, std::string_view message);

// Vendor and terms type from such a path.
SnapshotFacts terms_archive_facts(std::string_view path);

// The address of the capture that the message says the version was made from: the first, where it
// was put together from several pages; nothing where it names none.
std::string capture_address(std::string_view message);

// The page itself, from a line "X-source-document-location: URL" at the end of the message, where
// the archive's tools write one; nothing otherwise.
std::string page_address(std::string_view message);

// A repository of policies that names no vendors: the repository's own name speaks for all of them,
// and the file's name says which document it is ("privacy-policy.md" -> "Privacy Policy").
SnapshotFacts repository_facts(std::string_view repository_name, std::string_view path);

// README, LICENSE and the like, which describe a repository or a folder of policies: by the file's
// name, in any case, as plain text, Markdown or without extension.
bool describes_repository(std::string_view path);

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

}  // namespace smallprint::archive

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

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace smallprint::archive {

// A path and a commit's message say something of a file in a git history.

// True if the message of a commit that left a file at this path, "Service/Terms Type.md", names
// service and type, as Open Terms Archive (https://opentermsarchive.org) writes it.
bool names_terms(std::string_view path, std::string_view message);

// True if a version in a terms archive is an earlier capture that the archive's tools extracted
// anew: "Refilter ..." until 2022, "Apply technical or declaration upgrade on ..." since. It bears
// the date of the capture, which may lie before what the history already has of the file.
// Everything else ("Start tracking", "First record of", "Update", "Record new changes of") was
// captured for the occasion.
bool is_reextraction(std::string_view message);

// Vendor and terms type from such a path.
SnapshotFacts terms_archive_facts(std::string_view path);

// The address of the capture that the message says the version was made from: the first, where it
// was put together from several pages; nothing where it names none.
std::string capture_address(std::string_view message);

// The page itself, from a line "X-source-document-location: URL" at the end of the message, where
// the archive's tools write one; nothing otherwise.
std::string page_address(std::string_view message);

// What the path says in an ordinary repository of policies: a site's name as file or folder
// ("delta.example/privacy.md", "privacy/gamma.example.md") is the vendor, else, for a file with the
// name of a document, the innermost folder that is not called after documents or the layout
// ("acme/terms.md", but neither "policies/terms.md" nor "taxes/ohio.md"). The file's name, or that
// of the folder of an "index.md", is the document.
SnapshotFacts layout_facts(std::string_view path);

// README, LICENSE and the like, which describe a repository or a folder of policies: by the file's
// name, in any case, as plain text, Markdown or without extension.
bool describes_repository(std::string_view path);

// A git history of policies: every version of a file along HEAD's first parents is a snapshot,
// captured when its commit was authored; the dates may run in another order than the commits, as
// when an archive extracts an old capture anew. Knows Open Terms Archive's form, of versions and of
// snapshots, files with the provenance line of the Princeton-Leuven corpus, and ordinary
// repositories of policies; a file whose vendor nobody names is one document all the same. Texts
// come straight from the object store; nothing is checked out, and no name in a repository is ever
// the path of a file.
class GitReader : public ArchiveReader {
public:
    explicit GitReader(std::filesystem::path folder, OwnerTrust trust = OwnerTrust::own);

    // Reads a bundle that was unpacked.
    explicit GitReader(BundleRepository bundle);

    Result<Listing> list() override;
    Result<SourceText> read(const ListedSnapshot& snapshot) const override;

private:
    // What is the same for all versions of a file.
    struct PolicyFile {
        SnapshotFacts facts;
        std::string opening;     // of the newest text, where no vendor is named
        std::size_t newest = 0;  // index into GitHistory::versions
    };

    using PolicyFiles = std::map<std::string, PolicyFile>;  // by path

    // Nothing for a file that is no policy.
    static std::optional<PolicyFile> describe_file(const std::string& path, std::string_view text);
    // Files that are not policies are left out.
    static PolicyFiles find_files(const GitObjectStore& objects, const GitHistory& history);
    void list_version(const GitObjectStore& objects, const GitHistory& history,
                      const GitVersion& version, ListedSnapshot snapshot, Listing& listing);
    void number_texts(Listing& listing) const;

    // Objects of its own for each reading thread, kept for the next.
    GitObjectStore borrow() const;
    void give_back(GitObjectStore objects) const;

    std::optional<BundleRepository> m_bundle;  // outlives what is opened in it
    std::filesystem::path m_folder;
    OwnerTrust m_trust;

    std::uint64_t m_text_left = 0;  // bytes that the snapshots still to be listed may have

    struct Text {
        git_oid blob;
        TextForm form;
    };

    std::vector<Text> m_texts;                  // by locator
    std::unique_ptr<GitObjectStore> m_objects;  // null until listed
    mutable std::mutex m_mutex;
    mutable std::vector<GitObjectStore> m_free;
};

}  // namespace smallprint::archive

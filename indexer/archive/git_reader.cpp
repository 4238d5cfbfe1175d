// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/archive/git_reader.h"

#include "common/base/error.h"
#include "common/base/result.h"
#include "common/model/listing.h"
#include "common/model/snapshot.h"
#include "common/text/utf8.h"
#include "indexer/archive/content.h"
#include "indexer/archive/git_history.h"
#include "indexer/archive/git_identity.h"
#include "indexer/archive/git_objects.h"
#include "indexer/archive/limits.h"
#include "indexer/archive/provenance.h"

#include <fmt/format.h>

#include <git2.h>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>

namespace smallprint {
namespace {

namespace fs = std::filesystem;

Result<std::string> read_blob(git_repository& repository, const git_oid& id) {
    git_blob* found = nullptr;
    if (git_blob_lookup(&found, &repository, &id) != 0) {
        return git_failure(fmt::format("read the object {}", to_hex(id)));
    }
    const GitBlob blob(found);
    return std::string(static_cast<const char*>(git_blob_rawcontent(blob.get())),
                       static_cast<std::size_t>(git_blob_rawsize(blob.get())));
}

// The size of a blob, from its header alone.
std::optional<std::uint64_t> size_of(git_repository& repository, const git_oid& id) {
    git_odb* found = nullptr;
    if (git_repository_odb(&found, &repository) != 0) {
        return std::nullopt;
    }
    const GitOdb store(found);
    std::size_t size = 0;
    git_object_t type = GIT_OBJECT_INVALID;
    if (git_odb_read_header(&size, &type, store.get(), &id) != 0 || type != GIT_OBJECT_BLOB) {
        return std::nullopt;
    }
    return size;
}

// "archive" of /home/me/archive, /home/me/archive.git and /home/me/archive/.git.
std::string name_of(const fs::path& folder) {
    fs::path path = fs::absolute(folder).lexically_normal();
    path = path.has_filename() ? path : path.parent_path();
    path = path.filename() == ".git" ? path.parent_path() : path;
    return path.extension() == ".git" ? path.stem().string() : path.filename().string();
}

}  // namespace

GitReader::GitReader(fs::path folder) : m_folder(std::move(folder)) {}

Result<Listing> GitReader::list() {
    TRY_ASSIGN(GitRepository repository, open_repository(m_folder));
    TRY_ASSIGN(GitHistory history, read_history(*repository));
    const std::map<std::string, SnapshotFacts> facts = facts_of_paths(*repository, history);
    Listing listing;
    listing.skipped = std::move(history.skipped);
    std::set<std::string> left_out;
    for (const GitVersion& version : history.versions) {
        if (const auto known = facts.find(version.path); known != facts.end()) {
            list_version(*repository, history, version, known->second, listing);
        } else if (left_out.insert(version.path).second) {
            listing.skipped.push_back({repaired_utf8(version.path),
                                       "describes the repository, not a policy", SkipKind::aside});
        }
    }
    give_back(std::move(repository));
    return listing;
}

std::map<std::string, SnapshotFacts> GitReader::facts_of_paths(git_repository& repository,
                                                               const GitHistory& history) const {
    std::map<std::string, SnapshotFacts> facts;
    std::map<std::string, git_oid> newest;
    for (const GitVersion& version : history.versions) {
        newest[version.path] = version.blob;
        if (is_terms_archive_version(version.path, history.commits[version.commit].message)) {
            facts.try_emplace(version.path, terms_archive_facts(version.path));
        }
    }
    for (const auto& [path, blob] : newest) {
        if (facts.contains(path)) {
            continue;
        }
        const auto text = read_blob(repository, blob);
        const auto provenance = text ? parse_provenance(*text) : std::nullopt;
        if (provenance) {
            SnapshotFacts& known = facts[path];
            known.vendor = provenance->facts.vendor;
            known.vendor_source = VendorSource::provenance;
            known.terms_type = provenance->facts.terms_type;
        } else if (!describes_repository(path)) {
            facts[path] = repository_facts(name_of(m_folder), path);
        }
    }
    return facts;
}

void GitReader::list_version(git_repository& repository, const GitHistory& history,
                             const GitVersion& version, SnapshotFacts facts, Listing& listing) {
    const GitCommitFacts& commit = history.commits[version.commit];
    ListedSnapshot snapshot;
    snapshot.place = fmt::format("{}@{}", repaired_utf8(version.path),
                                 std::string_view(commit.id).substr(0, 10));
    const auto size = size_of(repository, version.blob);
    if (!size || *size > k_largest_text || *size == 0) {
        const SkipKind kind = !size        ? SkipKind::unreadable
                              : *size == 0 ? SkipKind::empty
                                           : SkipKind::limit;
        listing.skipped.push_back(
            {snapshot.place,
             !size        ? git_failure("read it").value().message
             : *size == 0 ? "empty file"
                          : fmt::format("{} bytes, over the limit of {}", *size, k_largest_text),
             kind});
        return;
    }
    snapshot.facts = std::move(facts);
    snapshot.facts.captured = commit.authored;
    snapshot.facts.archive_url = capture_address(commit.message);
    snapshot.size = *size;
    snapshot.locator = m_blobs.size();
    m_blobs.push_back(version.blob);
    listing.snapshots.push_back(std::move(snapshot));
}

Result<SourceText> GitReader::read(const ListedSnapshot& snapshot) const {
    TRY_ASSIGN(GitRepository repository, borrow());
    auto bytes = read_blob(*repository, m_blobs[static_cast<std::size_t>(snapshot.locator)]);
    give_back(std::move(repository));
    if (!bytes) {
        return fail(bytes.error());
    }
    if (const std::string reason = reason_against(*bytes); !reason.empty()) {
        return fail(ErrorCode::input, reason);
    }
    SourceText source;
    source.bytes = std::move(*bytes);
    if (const auto provenance = parse_provenance(source.bytes)) {
        source.begin = provenance->size;
        source.source_url = provenance->facts.source_url;
        source.archive_url = provenance->facts.archive_url;
    }
    return source;
}

Result<GitRepository> GitReader::borrow() const {
    {
        const std::lock_guard lock(m_mutex);
        if (!m_free.empty()) {
            GitRepository repository = std::move(m_free.back());
            m_free.pop_back();
            return repository;
        }
    }
    return open_repository(m_folder);
}

void GitReader::give_back(GitRepository repository) const {
    const std::lock_guard lock(m_mutex);
    m_free.push_back(std::move(repository));
}

}  // namespace smallprint

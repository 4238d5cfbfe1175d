// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/result.h"
#include "common/model/listing.h"
#include "indexer/archive/git/git_pack.h"

#include <git2.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace smallprint::archive {

// The objects of a repository: in packs and in files of their own; its
// own and those of the folders it borrows from (objects/info/alternates). Nothing is hashed, which
// took 85 % of the time of reading texts. A flipped bit is still found: zlib's checksum stands over
// every stretch of a pack and every loose object, and their sizes have to agree. What goes
// unnoticed is an object that was replaced by another whole one. One thread each.
class GitObjectStore {
public:
    static Result<GitObjectStore> open(git_repository& repository);

    // The same objects for another thread. The packs stay open and their indexes are shared.
    GitObjectStore share() const;

    // Bytes of an object by its header; nothing of it is loaded. An object that is of another type,
    // is not there or is damaged is an error.
    Result<std::uint64_t> size_of(const git_oid& id, git_object_t type) const;

    // The bytes of an object. One over the limit of texts is ErrorCode::limit.
    Result<std::string> read(const git_oid& id, git_object_t type) const;

    // How many bytes the objects take on disk.
    std::uint64_t size_on_disk() const;

    // Packs and folders that cannot be read.
    const std::vector<Skipped>& skipped() const { return m_skipped; }

private:
    GitObjectStore() = default;

    std::vector<GitPack> m_packs;

    Result<void> add_folder(const std::filesystem::path& folder, int depth);
    template <typename FromPack, typename FromFile>
    auto find(const git_oid& id, FromPack from_pack, FromFile from_file) const
        -> decltype(from_pack(m_packs.front(), 0));
    Result<GitObjectHeader> read_header(const git_oid& id) const;

    std::vector<std::filesystem::path> m_folders;
    std::set<std::filesystem::path> m_seen;
    std::vector<Skipped> m_skipped;
    std::shared_ptr<GitObjectCache> m_cache = std::make_shared<GitObjectCache>();
};

}  // namespace smallprint::archive

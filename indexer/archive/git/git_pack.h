// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/result.h"
#include "common/io/file.h"
#include "indexer/archive/decompression.h"

#include <git2.h>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace smallprint::archive {

struct GitObjectHeader {
    git_object_t type = GIT_OBJECT_INVALID;
    std::uint64_t size = 0;  // as it claims
};

// Keeps objects that others were built on, up to some bytes, and the types of all that were asked
// for. For all packs of a repository, by pack and offset; one thread each.
class GitObjectCache {
public:
    using Key = std::uint64_t;
    using Bytes = std::shared_ptr<const std::string>;

    static Key key(std::uint64_t pack, std::uint64_t offset) { return pack << 48U ^ offset; }

    // Null for one that is not kept.
    Bytes find(Key key);
    void keep(Key key, Bytes bytes);

    std::unordered_map<Key, git_object_t> types;
    StreamDecoder zlib{Compression::zlib};  // to be restarted; making one anew is dear

private:
    using Entries = std::list<std::pair<Key, Bytes>>;

    Entries m_entries;  // the last used first
    std::unordered_map<Key, Entries::iterator> m_places;
    std::size_t m_size = 0;
};

// A pack (*.pack, version 2) with its index (*.idx, version 2). We read packs ourselves, with
// pread(): libgit2 maps them, and a mapping ends the program where the file is cut meanwhile or its
// disk fails. Both files stay open, so that a repository may be packed anew at any time. Nothing is
// hashed; zlib's checksum stands over every stretch, and sizes have to agree. A copy shares the
// files; any number of threads may read.
class GitPack {
public:
    // The index is looked through once: no offset may lead out of the pack or stand twice, or an
    // object would be taken for another. Flipped names of objects are not noticed; such an object
    // is missing. `number` tells the pack from others in the cache.
    static Result<GitPack> open(const std::filesystem::path& index, std::uint64_t number);

    std::uint64_t size() const { return m_files->size; }

    // Where the object begins; nothing if the pack has none of the name.
    std::optional<std::uint64_t> find(const git_oid& id) const;

    // Reads what the object is; of a delta, no more than its beginning.
    Result<GitObjectHeader> read_header(std::uint64_t offset, GitObjectCache& cache) const;

    Result<std::string> read(std::uint64_t offset, GitObjectCache& cache) const;

private:
    struct Files {
        io::RandomAccessFile pack;
        std::uint64_t size = 0;
        std::string index;
        std::vector<std::uint64_t> offsets;  // sorted
    };

    struct Entry {
        git_object_t type = GIT_OBJECT_INVALID;  // of a delta: OFS_DELTA
        std::uint64_t size = 0;
        std::uint64_t base = 0;   // where it begins, for a delta
        std::size_t header = 0;   // bytes in front of the compressed ones
        std::string packed = {};  // header and compressed bytes, as far as they were read
    };

    GitPack(std::shared_ptr<const Files> files, std::uint64_t number)
        : m_files(std::move(files)), m_number(number) {}

    GitObjectCache::Key key(std::uint64_t offset) const {
        return GitObjectCache::key(m_number, offset);
    }

    Result<Entry> read_entry(std::uint64_t offset, std::uint64_t most) const;
    Result<void> find_base(std::uint64_t offset, int kind, std::string_view rest,
                           Entry& entry) const;
    Result<git_object_t> read_type(std::uint64_t offset, GitObjectCache& cache) const;

    std::shared_ptr<const Files> m_files;
    std::uint64_t m_number;
};

// Applies a delta to the bytes that it was made for.
Result<std::string> apply_git_delta(std::string_view base, std::string_view delta);

}  // namespace smallprint::archive

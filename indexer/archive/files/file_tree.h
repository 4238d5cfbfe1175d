// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/result.h"
#include "common/io/file.h"
#include "common/model/listing.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace smallprint::archive {

struct TreeFile {
    std::string path;  // relative to the tree, with '/', valid UTF-8; for people, not for opening
    std::uint64_t size = 0;
};

// Named files, be it a folder on disk or the members of a tar or zip file. Safe to read from any
// thread.
class FileTree {
public:
    FileTree() = default;
    virtual ~FileTree() = default;
    FileTree(const FileTree&) = delete;
    FileTree& operator=(const FileTree&) = delete;
    FileTree(FileTree&&) = delete;
    FileTree& operator=(FileTree&&) = delete;

    virtual Result<io::FileBytes> open(std::size_t file) const = 0;

    // Sorted by path.
    const std::vector<TreeFile>& files() const { return m_files; }

    // Git repositories in the tree, which are archives of their own; their files are not listed.
    const std::vector<std::filesystem::path>& repositories() const { return m_repositories; }

    // Items that could not be listed.
    const std::vector<Skipped>& skipped() const { return m_skipped; }

    // Another number when a file was changed.
    std::uint64_t fingerprint() const { return m_fingerprint; }

protected:
    std::vector<TreeFile> m_files;
    std::vector<std::filesystem::path> m_repositories;
    std::vector<Skipped> m_skipped;
    std::uint64_t m_fingerprint = 0;
};

// One file that came out of a compressed one.
class SingleFileTree : public FileTree {
public:
    SingleFileTree(std::string path, io::FileBytes bytes) : m_bytes(std::move(bytes)) {
        m_files.push_back({std::move(path), m_bytes.size()});
    }

    Result<io::FileBytes> open(std::size_t /*file*/) const override { return m_bytes; }

private:
    io::FileBytes m_bytes;
};

bool is_repository(const std::filesystem::path& folder);

// The files of a folder on disk, or one file as a tree of itself. Indexes of ours below it are left
// out, and so are links to files elsewhere.
class FolderTree : public FileTree {
public:
    static Result<std::shared_ptr<const FolderTree>> open(const std::filesystem::path& source);

    Result<io::FileBytes> open(std::size_t file) const override;

private:
    FolderTree() = default;

    std::vector<std::filesystem::path> m_paths;  // of m_files
};

}  // namespace smallprint::archive

// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/result.h"
#include "common/io/file_bytes.h"
#include "common/model/listing.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace smallprint {

struct TreeFile {
    std::string path;  // relative to the tree, with '/', valid UTF-8; never to be opened by
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

    // Sorted by path.
    virtual const std::vector<TreeFile>& files() const = 0;

    virtual Result<FileBytes> open(std::size_t file) const = 0;

    // Git repositories in the tree, which are archives of their own; none of their files is listed.
    virtual const std::vector<std::filesystem::path>& repositories() const = 0;

    // What could not be listed.
    virtual const std::vector<Skipped>& skipped() const = 0;
};

}  // namespace smallprint

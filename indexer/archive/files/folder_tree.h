// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/result.h"
#include "common/io/file.h"
#include "indexer/archive/files/file_tree.h"

#include <cstddef>
#include <filesystem>
#include <memory>
#include <vector>

namespace smallprint {

bool is_repository(const std::filesystem::path& folder);

// The files of a folder on disk, or one file as a tree of itself. Indexes of ours below it are left
// out, and so are links to files elsewhere.
class FolderTree : public FileTree {
public:
    static Result<std::shared_ptr<const FolderTree>> open(const std::filesystem::path& source);

    Result<FileBytes> open(std::size_t file) const override;

private:
    FolderTree() = default;

    std::vector<std::filesystem::path> m_paths;  // of m_files
};

}  // namespace smallprint

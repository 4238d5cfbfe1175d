// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/result.h"
#include "common/io/file_bytes.h"
#include "indexer/archive/files/file_tree.h"

#include <cstddef>
#include <string>
#include <utility>

namespace smallprint {

// One file that came out of a compressed one.
class SingleFileTree : public FileTree {
public:
    SingleFileTree(std::string path, FileBytes bytes) : m_bytes(std::move(bytes)) {
        m_files.push_back({std::move(path), m_bytes.size()});
    }

    Result<FileBytes> open(std::size_t /*file*/) const override { return m_bytes; }

private:
    FileBytes m_bytes;
};

}  // namespace smallprint

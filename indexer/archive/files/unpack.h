// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/result.h"
#include "common/io/file.h"
#include "indexer/archive/decompression.h"
#include "indexer/archive/files/file_tree.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace smallprint::archive {

// Compressed files and collections of files, unpacked with libarchive into files without a name:
// nothing is ever written to a path that an archive names. What unpacks to more than
// k_largest_unpacked bytes, or to more than k_largest_ratio times its size, is ErrorCode::limit.

// The first bytes of what a gzip, xz, zstd or bzip2 file holds; fewer than `size` at its end.
Result<std::string> unpacked_head(const io::FileBytes& packed, std::size_t size);

struct UnpackedFile {
    io::FileBytes bytes;
    std::uint64_t behind = 0;  // bytes behind the compressed data that are none
};

// Says of bytes that stand behind what a file holds that they were not read.
std::string told_behind(std::uint64_t behind);

// All that such a file holds.
Result<UnpackedFile> unpack_file(const io::FileBytes& packed);

// The files of a tar or zip file, itself compressed or not. Members that are no plain files, are
// encrypted or damaged are among the skipped; so is what comes after damage that cannot be passed.
Result<std::shared_ptr<const FileTree>> unpack_tree(const io::FileBytes& packed);

}  // namespace smallprint::archive

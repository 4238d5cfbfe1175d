// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/result.h"
#include "common/io/file_bytes.h"
#include "indexer/archive/files/file_tree.h"

#include <cstddef>
#include <memory>
#include <string>

namespace smallprint {

// Compressed files and collections of files, unpacked with libarchive into files without a name:
// nothing is ever written to a path that an archive names. What unpacks to more than
// k_largest_unpacked bytes, or to more than k_largest_ratio times its size, is ErrorCode::limit.

// The first bytes of what a gzip, xz, zstd or bzip2 file holds; fewer than `size` at its end.
Result<std::string> unpacked_head(const FileBytes& packed, std::size_t size);

// All that such a file holds.
Result<FileBytes> unpack_file(const FileBytes& packed);

// The files of a tar or zip file, itself compressed or not. Members that are no plain files, are
// encrypted or damaged are among the skipped; so is what comes after damage that cannot be passed.
Result<std::shared_ptr<const FileTree>> unpack_tree(const FileBytes& packed);

}  // namespace smallprint

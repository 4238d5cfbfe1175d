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

// Yields what a file in gzip or zstd form unpacks to, all its members or frames one behind the
// other. Checksums are verified, and what stands before a damage is handed out before the damage is
// told, neither of which libarchive does with gzip.
class PackedStream {
public:
    // `compression`: gzip or zstd.
    PackedStream(io::FileBytes packed, Compression compression);

    // The next bytes, empty at the end; what stands behind the last member counts as the end, as
    // gzip has it. They live until the next call. ErrorCode::input for damage.
    Result<std::string_view> read();

private:
    Result<void> fill();
    Result<void> decode();
    Result<bool> begins_member();

    io::FileBytes m_packed;
    Compression m_compression;
    StreamDecoder m_decoder;
    std::uint64_t m_at = 0;  // in the file: behind m_window
    std::string m_window;    // of the file
    std::size_t m_used = 0;  // bytes of it
    std::string m_piece;
    std::string m_damage;
    bool m_ended = false;
};

// Compressed files and collections of files, unpacked with libarchive into files without a name:
// nothing is ever written to a path that an archive names. What unpacks to more than
// k_largest_unpacked bytes, or to more than k_largest_ratio times its size, is ErrorCode::limit.

// The first bytes of what a gzip, xz, zstd or bzip2 file holds; fewer than `size` at its end.
Result<std::string> unpacked_head(const io::FileBytes& packed, std::size_t size);

// All that such a file holds.
Result<io::FileBytes> unpack_file(const io::FileBytes& packed);

// The files of a tar or zip file, itself compressed or not. Members that are no plain files, are
// encrypted or damaged are among the skipped; so is what comes after damage that cannot be passed.
Result<std::shared_ptr<const FileTree>> unpack_tree(const io::FileBytes& packed);

}  // namespace smallprint::archive

// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/result.h"
#include "common/io/file.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

namespace smallprint {

// A stretch of a file: all of it, or a member of an archive that was unpacked into one. The file
// stays open as long as anybody holds a copy, and may be read from any thread. Cheap to copy.
class FileBytes {
public:
    static Result<FileBytes> open(const std::filesystem::path& path);

    FileBytes(std::shared_ptr<const RandomAccessFile> file, std::uint64_t offset,
              std::uint64_t size);

    std::uint64_t size() const { return m_size; }

    // What lies from `offset` on, at most `size` bytes; fewer only at the end.
    Result<std::string> read(std::uint64_t offset, std::size_t size) const;

    // Clipped to what there is.
    FileBytes part(std::uint64_t offset, std::uint64_t size) const;

    // A path that opens this very file, for libraries that want one; nothing for a part of a file.
    std::optional<std::filesystem::path> path() const;

private:
    std::shared_ptr<const RandomAccessFile> m_file;
    std::uint64_t m_offset;
    std::uint64_t m_size;
};

}  // namespace smallprint

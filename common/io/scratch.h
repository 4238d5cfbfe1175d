// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/result.h"
#include "common/io/file.h"

#include <cstdint>
#include <filesystem>
#include <string_view>
#include <utility>

namespace smallprint::io {

// Temporary files go here: $TMPDIR, else /var/tmp, where there is usually more room than in memory.
std::filesystem::path scratch_place();

// A file without a name, for what has to be unpacked before it can be read. It vanishes with its
// last user, however the program ends.
class ScratchFile {
public:
    static Result<ScratchFile> create();

    // Behind what was written before.
    Result<void> append(std::string_view bytes);

    // Takes back what was written behind the first `size` bytes.
    Result<void> shrink(std::uint64_t size);

    std::uint64_t size() const { return m_size; }

    // The file to be read from; ends the writing.
    Result<FileBytes> finish() &&;

private:
    explicit ScratchFile(RandomAccessFile file);

    RandomAccessFile m_file;
    std::uint64_t m_size = 0;
};

// A private folder where a ScratchFile would be, for libraries that want paths. It is removed with
// all that is in it at destruction; a program that is killed leaves it behind.
class ScratchFolder {
public:
    static Result<ScratchFolder> create();

    ScratchFolder(ScratchFolder&& other) noexcept;
    ScratchFolder& operator=(ScratchFolder&& other) noexcept;
    ScratchFolder(const ScratchFolder&) = delete;
    ScratchFolder& operator=(const ScratchFolder&) = delete;
    ~ScratchFolder();

    const std::filesystem::path& path() const { return m_path; }

private:
    explicit ScratchFolder(std::filesystem::path path) : m_path(std::move(path)) {}

    std::filesystem::path m_path;  // empty once moved from
};

}  // namespace smallprint::io

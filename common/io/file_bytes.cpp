// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/io/file_bytes.h"

#include "common/base/result.h"
#include "common/io/file.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace smallprint {

Result<FileBytes> FileBytes::open(const std::filesystem::path& path) {
    TRY_ASSIGN(RandomAccessFile file, RandomAccessFile::open(path));
    TRY_ASSIGN(const std::uint64_t size, file.size());
    return FileBytes(std::make_shared<const RandomAccessFile>(std::move(file)), 0, size);
}

FileBytes::FileBytes(std::shared_ptr<const RandomAccessFile> file, std::uint64_t offset,
                     std::uint64_t size)
    : m_file(std::move(file)), m_offset(offset), m_size(size) {}

Result<std::string> FileBytes::read(std::uint64_t offset, std::size_t size) const {
    const std::uint64_t begin = std::min(offset, m_size);
    return m_file->read(m_offset + begin,
                        static_cast<std::size_t>(std::min<std::uint64_t>(size, m_size - begin)));
}

FileBytes FileBytes::part(std::uint64_t offset, std::uint64_t size) const {
    const std::uint64_t begin = std::min(offset, m_size);
    return {m_file, m_offset + begin, std::min(size, m_size - begin)};
}

std::optional<std::filesystem::path> FileBytes::path() const {
    const auto whole = m_file->size();
    if (m_offset != 0 || !whole || *whole != m_size) {
        return std::nullopt;
    }
    return fmt::format("/proc/self/fd/{}", m_file->descriptor());
}

}  // namespace smallprint

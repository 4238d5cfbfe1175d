// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/archive/git/git_loose_object.h"

#include "common/base/error.h"
#include "common/base/result.h"
#include "common/base/strings.h"
#include "common/io/file.h"
#include "indexer/archive/limits.h"

#include <fcntl.h>
#include <git2.h>
#include <sys/stat.h>
#include <zlib.h>

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace smallprint {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t k_header = 32;        // bytes that hold any header
constexpr std::size_t k_header_file = 256;  // bytes of the file that hold it
// zlib makes bytes that cannot be packed longer by less than this.
constexpr std::uint64_t k_largest_file = k_largest_text + (k_largest_text >> 8U) + 1024;

Failure damaged() {
    return fail(ErrorCode::input, "the object is damaged");
}

// At most `size` bytes of the file. A pipe is opened without waiting for anybody, and refused.
Result<std::optional<std::string>> read_start(const fs::path& path, std::uint64_t size) {
    const int descriptor =
        ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);  // NOLINT: varargs
    if (descriptor < 0 && (errno == ENOENT || errno == ENOTDIR)) {
        return std::nullopt;
    }
    if (descriptor < 0) {
        return system_failure("open", path, errno);
    }
    const RandomAccessFile file(descriptor, path);
    struct stat status = {};
    if (::fstat(descriptor, &status) != 0 || !S_ISREG(status.st_mode)) {
        return damaged();
    }
    const auto length = static_cast<std::uint64_t>(status.st_size);
    TRY_ASSIGN(std::string bytes, file.read(0, std::min(length, size)));
    return bytes;
}

class Inflater {
public:
    explicit Inflater(std::string_view packed) {
        m_stream.next_in =
            reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));  // NOLINT: zlib only reads
        m_stream.avail_in = static_cast<unsigned>(packed.size());
        m_status = ::inflateInit(&m_stream);
    }

    ~Inflater() { ::inflateEnd(&m_stream); }

    Inflater(const Inflater&) = delete;
    Inflater& operator=(const Inflater&) = delete;
    Inflater(Inflater&&) = delete;
    Inflater& operator=(Inflater&&) = delete;

    // At most `size` bytes.
    std::string take(std::size_t size) {
        std::string bytes(size, '\0');
        m_stream.next_out =
            reinterpret_cast<Bytef*>(bytes.data());  // NOLINT: char as unsigned char
        m_stream.avail_out = static_cast<unsigned>(size);
        if (m_status == Z_OK) {
            m_status = ::inflate(&m_stream, Z_SYNC_FLUSH);
        }
        bytes.resize(size - m_stream.avail_out);
        return bytes;
    }

    bool is_broken() const { return m_status != Z_OK && m_status != Z_STREAM_END; }

    bool is_complete() const { return m_status == Z_STREAM_END; }

private:
    z_stream m_stream = {};
    int m_status = Z_OK;
};

// The header and how many bytes it takes.
std::optional<std::pair<GitObjectHeader, std::size_t>> parse_header(std::string_view bytes) {
    const std::size_t blank = bytes.find(' ');
    const std::size_t end = bytes.find('\0');
    if (blank == std::string_view::npos || end == std::string_view::npos || blank > end) {
        return std::nullopt;
    }
    GitObjectHeader header;
    header.type = git_object_string2type(std::string(bytes.substr(0, blank)).c_str());
    const auto size = parse_number<std::uint64_t>(bytes.substr(blank + 1, end - blank - 1));
    if (header.type == GIT_OBJECT_INVALID || !size) {
        return std::nullopt;
    }
    header.size = *size;
    return std::pair(header, end + 1);
}

}  // namespace

Result<std::optional<GitObjectHeader>> read_loose_header(const fs::path& path) {
    TRY_ASSIGN(const auto packed, read_start(path, k_header_file));
    if (!packed) {
        return std::nullopt;
    }
    const auto header = parse_header(Inflater(*packed).take(k_header));
    if (!header) {
        return damaged();
    }
    return header->first;
}

Result<std::optional<std::string>> read_loose_object(const fs::path& path) {
    TRY_ASSIGN(const auto packed, read_start(path, k_largest_file));
    if (!packed) {
        return std::nullopt;
    }
    Inflater inflater(*packed);
    std::string bytes = inflater.take(k_header);
    const auto header = parse_header(bytes);
    if (!header || header->first.size > k_largest_text) {
        return damaged();
    }
    const std::size_t size = header->second + static_cast<std::size_t>(header->first.size);
    // One more than there should be, to see that there is no more.
    if (bytes.size() <= size && !inflater.is_broken()) {
        bytes += inflater.take(size + 1 - bytes.size());
    }
    if (!inflater.is_complete() || bytes.size() != size) {
        return damaged();
    }
    bytes.erase(0, header->second);
    return bytes;
}

}  // namespace smallprint

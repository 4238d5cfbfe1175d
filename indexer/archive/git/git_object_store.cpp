// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/archive/git/git_object_store.h"

#include "common/base/error.h"
#include "common/base/result.h"
#include "common/base/strings.h"
#include "common/io/file.h"
#include "common/text/utf8.h"
#include "indexer/archive/decompression.h"
#include "indexer/archive/git/git_objects.h"
#include "indexer/archive/git/git_pack.h"
#include "indexer/archive/limits.h"

#include <fmt/format.h>

#include <fcntl.h>
#include <git2.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

namespace smallprint::archive {
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
        return io::system_failure("open", path, errno);
    }
    const io::RandomAccessFile file{io::Descriptor(descriptor), path};
    struct stat status = {};
    if (::fstat(descriptor, &status) != 0) {
        return io::system_failure("look at", path, errno);
    }
    if (!S_ISREG(status.st_mode)) {
        return damaged();
    }
    const auto length = static_cast<std::uint64_t>(status.st_size);
    TRY_ASSIGN(std::string bytes, file.read(0, std::min(length, size)));
    return bytes;
}

// Reads the header of an object and says how many bytes it takes.
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

constexpr int k_deepest_alternate = 5;  // as git
constexpr std::size_t k_largest_alternates = std::size_t{64} << 10U;

fs::path loose_path(const fs::path& folder, const git_oid& id) {
    const std::string name = to_hex(id);
    return folder / name.substr(0, 2) / name.substr(2);
}

Result<std::vector<fs::path>> pack_indexes(const fs::path& folder) {
    std::vector<fs::path> found;
    std::error_code error;
    for (fs::directory_iterator file(folder / "pack", error), end; !error && file != end;
         file.increment(error)) {
        if (file->path().extension() == ".idx") {
            found.push_back(file->path());
        }
    }
    if (error && error != std::errc::no_such_file_or_directory &&
        error != std::errc::not_a_directory) {
        return io::system_failure("read the folder", folder / "pack", error.value());
    }
    std::ranges::sort(found);  // the same everywhere
    return found;
}

Failure missing(const git_oid& id) {
    return fail(ErrorCode::input, fmt::format("the object {} is missing", to_hex(id)));
}

// An object in a file of its own is zlib over "<type> <size>\0<bytes>". We read these ourselves:
// libgit2 1.5 copies what it unpacks first without asking whether the header left room for it.

// Nothing if there is no such file. Anything but a regular file is an error.
Result<std::optional<GitObjectHeader>> read_loose_header(const fs::path& path) {
    TRY_ASSIGN(const auto packed, read_start(path, k_header_file));
    if (!packed) {
        return std::nullopt;
    }
    std::string_view rest = *packed;
    std::string bytes;
    StreamDecoder(Compression::zlib).decode(rest, bytes, k_header);
    const auto header = parse_header(bytes);
    if (!header) {
        return damaged();
    }
    return header->first;
}

// Returns the bytes of an object, which have to be as many as its header says and to have zlib's
// checksum. Nothing if there is no such file.
Result<std::optional<std::string>> read_loose_object(const fs::path& path) {
    TRY_ASSIGN(const auto packed, read_start(path, k_largest_file));
    if (!packed) {
        return std::nullopt;
    }
    std::string_view rest = *packed;
    std::string bytes;
    StreamDecoder decoder(Compression::zlib);
    DecodeState state = decoder.decode(rest, bytes, k_header);
    const auto header = parse_header(bytes);
    if (!header || header->first.size > k_largest_text) {
        return damaged();
    }
    const std::size_t size = header->second + static_cast<std::size_t>(header->first.size);
    // One more than there should be, to see that there is no more.
    if (bytes.size() <= size && state == DecodeState::more) {
        state = decoder.decode(rest, bytes, size + 1 - bytes.size());
    }
    if (state != DecodeState::end || bytes.size() != size) {
        return damaged();
    }
    bytes.erase(0, header->second);
    return bytes;
}

}  // namespace

Result<GitObjectStore> GitObjectStore::open(git_repository& repository) {
    GitObjectStore store;
    TRY(store.add_folder(fs::path(git_repository_commondir(&repository)) / "objects", 0));
    return store;
}

GitObjectStore GitObjectStore::share() const {
    GitObjectStore other = *this;
    other.m_cache = std::make_shared<GitObjectCache>();
    return other;
}

Result<void> GitObjectStore::add_folder(const fs::path& folder, int depth) {
    std::error_code error;
    const fs::path whole = fs::canonical(folder, error);
    const bool is_folder = !error && fs::is_directory(whole, error);
    io::note_fault("look at", folder, error);
    if (!is_folder) {
        m_skipped.push_back({text::repaired_utf8(folder.string()), "no folder of git objects"});
        return {};
    }
    if (depth > k_deepest_alternate || !m_seen.insert(whole).second) {
        return {};
    }
    m_folders.push_back(whole);
    TRY_ASSIGN(const std::vector<fs::path> indexes, pack_indexes(whole));
    for (const fs::path& index : indexes) {
        auto pack = GitPack::open(index, m_packs.size());
        if (pack) {
            m_packs.push_back(std::move(*pack));
            continue;
        }
        m_skipped.push_back({text::repaired_utf8(index.filename().string()), pack.error().message});
    }
    TRY_ASSIGN(const auto lines, read_start(whole / "info" / "alternates", k_largest_alternates));
    for (std::string_view rest = lines ? *lines : std::string_view(); !rest.empty();) {
        if (const std::string_view line = cut_until(rest, '\n');
            !line.empty() && !line.starts_with('#')) {
            TRY(add_folder(whole / line, depth + 1));
        }
    }
    return {};
}

std::uint64_t GitObjectStore::size_on_disk() const {
    std::uint64_t bytes = 0;
    std::error_code error;
    for (const fs::path& folder : m_folders) {
        for (int first = 0; first < 256; ++first) {
            fs::directory_iterator file(folder / fmt::format("{:02x}", first), error);
            for (const fs::directory_iterator end; !error && file != end; file.increment(error)) {
                const std::uint64_t size = file->file_size(error);
                io::note_fault("look at", file->path(), error);
                bytes += error ? 0 : size;
            }
            io::note_fault("read the folder", folder, error);
        }
    }
    for (const GitPack& pack : m_packs) {
        bytes += pack.size();
    }
    return bytes;
}

// Tries the packs, then the files of single objects; what one of them has damaged, another may
// have whole.
template <typename FromPack, typename FromFile>
auto GitObjectStore::find(const git_oid& id, FromPack from_pack, FromFile from_file) const
    -> decltype(from_pack(m_packs.front(), 0)) {
    Failure failure = missing(id);
    for (const GitPack& pack : m_packs) {
        if (const auto offset = pack.find(id)) {
            auto found = from_pack(pack, *offset);
            if (found) {
                return found;
            }
            failure = fail(found.error());
        }
    }
    for (const fs::path& folder : m_folders) {
        TRY_ASSIGN(auto found, from_file(loose_path(folder, id)));
        if (found) {
            return std::move(*found);
        }
    }
    return failure;
}

Result<GitObjectHeader> GitObjectStore::read_header(const git_oid& id) const {
    return find(
        id,
        [this](const GitPack& pack, std::uint64_t offset) {
            return pack.read_header(offset, *m_cache);
        },
        read_loose_header);
}

Result<std::uint64_t> GitObjectStore::size_of(const git_oid& id, git_object_t type) const {
    TRY_ASSIGN(const GitObjectHeader header, read_header(id));
    if (header.type != type) {
        return fail(ErrorCode::input,
                    fmt::format("the object {} is not a {} but a {}", to_hex(id),
                                git_object_type2string(type), git_object_type2string(header.type)));
    }
    return header.size;
}

Result<std::string> GitObjectStore::read(const git_oid& id, git_object_t type) const {
    TRY_ASSIGN(const std::uint64_t size, size_of(id, type));
    if (size > k_largest_text) {
        return fail(ErrorCode::limit,
                    fmt::format("{} bytes, over the limit of {}", size, k_largest_text));
    }
    return find(
        id,
        [this](const GitPack& pack, std::uint64_t offset) { return pack.read(offset, *m_cache); },
        read_loose_object);
}

}  // namespace smallprint::archive

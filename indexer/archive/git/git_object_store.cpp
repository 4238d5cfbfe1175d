// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/archive/git/git_object_store.h"

#include "common/base/error.h"
#include "common/base/owned.h"
#include "common/base/result.h"
#include "common/base/strings.h"
#include "common/io/file.h"
#include "common/text/utf8.h"
#include "indexer/archive/decompression.h"
#include "indexer/archive/git/git_objects.h"
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
    const io::RandomAccessFile file(descriptor, path);
    struct stat status = {};
    if (::fstat(descriptor, &status) != 0 || !S_ISREG(status.st_mode)) {
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

//   index = magic, version = 2:u32, fan_out = 256 x u32, names = n x 20 bytes, crcs = n x u32,
//           offsets = n x u32, far = m x u64, checksum of the pack, checksum of the index
//   an offset with its highest bit set is a number into `far`; all numbers are big-endian
constexpr std::string_view k_magic = "\377tOc";
constexpr std::size_t k_fan_out = 8;
constexpr std::size_t k_names = k_fan_out + std::size_t{256} * 4;
constexpr std::size_t k_bytes_of_object = 20 + 4 + 4;
constexpr std::size_t k_checksums = 40;
constexpr std::uint64_t k_pack_header = 12;
constexpr std::uint64_t k_pack_checksum = 20;
constexpr std::uint64_t k_is_far = 0x80000000U;

std::uint64_t number_at(std::string_view bytes, std::size_t at, std::size_t size) {
    std::uint64_t number = 0;
    for (const char byte : bytes.substr(at, size)) {
        number = number << 8U | static_cast<unsigned char>(byte);
    }
    return number;
}

Failure bad_index() {
    return fail(ErrorCode::input, "its index is damaged or of a form that is not known",
                "git index-pack makes a new one");
}

// Reads where the objects begin in the pack; an error if one would begin outside.
Result<std::vector<std::uint64_t>> read_offsets(std::string_view index, std::size_t objects,
                                                std::uint64_t pack) {
    const std::size_t table = k_names + objects * (20 + 4);
    const std::size_t far = table + objects * 4;
    const std::size_t far_count = (index.size() - k_checksums - far) / 8;
    std::vector<std::uint64_t> offsets;
    offsets.reserve(objects);
    for (std::size_t i = 0; i < objects; ++i) {
        std::uint64_t offset = number_at(index, table + i * 4, 4);
        if ((offset & k_is_far) != 0) {
            const std::size_t row = offset & ~k_is_far;
            if (row >= far_count) {
                return bad_index();
            }
            offset = number_at(index, far + row * 8, 8);
        }
        if (offset < k_pack_header || offset + k_pack_checksum >= pack || offset >= pack) {
            return bad_index();
        }
        offsets.push_back(offset);
    }
    return offsets;
}

namespace fs = std::filesystem;

using GitObject = Owned<git_odb_object, git_odb_object_free>;

constexpr int k_deepest_alternate = 5;  // as git
constexpr std::size_t k_largest_alternates = std::size_t{64} << 10U;

fs::path loose_path(const fs::path& folder, const git_oid& id) {
    const std::string name = to_hex(id);
    return folder / name.substr(0, 2) / name.substr(2);
}

std::vector<fs::path> pack_indexes(const fs::path& folder) {
    std::vector<fs::path> found;
    std::error_code error;
    for (fs::directory_iterator file(folder / "pack", error), end; !error && file != end;
         file.increment(error)) {
        if (file->path().extension() == ".idx") {
            found.push_back(file->path());
        }
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

// Checks whether the index of a pack (*.idx, version 2) may be given to libgit2, which follows what
// it says out of the file. No offset may stand twice either: an object would be taken for another.
// `pack` is the size of the pack in bytes. Flipped names of objects are not noticed; such an object
// is missing.
Result<void> check_pack_index(std::string_view index, std::uint64_t pack) {
    if (index.size() < k_names + k_checksums || !index.starts_with(k_magic) ||
        number_at(index, k_magic.size(), 4) != 2) {
        return bad_index();
    }
    std::uint64_t objects = 0;
    for (std::size_t i = 0; i < 256; ++i) {
        const std::uint64_t up_to = number_at(index, k_fan_out + i * 4, 4);
        if (up_to < objects) {
            return bad_index();
        }
        objects = up_to;
    }
    const std::size_t room = index.size() - k_names - k_checksums;
    if (objects > room / k_bytes_of_object || (room - objects * k_bytes_of_object) % 8 != 0) {
        return bad_index();
    }
    TRY_ASSIGN(std::vector<std::uint64_t> offsets, read_offsets(index, objects, pack));
    std::ranges::sort(offsets);
    if (std::ranges::adjacent_find(offsets) != offsets.end()) {
        return bad_index();
    }
    return {};
}

}  // namespace

Result<GitObjectStore> GitObjectStore::open(git_repository& repository) {
    GitObjectStore store;
    git_odb* made = nullptr;
    if (git_odb_new(&made) != 0) {
        return git_failure("open the objects of the git repository");
    }
    store.m_packs.reset(made);
    store.add_folder(fs::path(git_repository_commondir(&repository)) / "objects", 0);
    return store;
}

void GitObjectStore::add_folder(const fs::path& folder, int depth) {
    std::error_code error;
    const fs::path whole = fs::canonical(folder, error);
    if (error || !fs::is_directory(whole, error)) {
        m_skipped.push_back({text::repaired_utf8(folder.string()), "no folder of git objects"});
        return;
    }
    if (depth > k_deepest_alternate || !m_seen.insert(whole).second) {
        return;
    }
    m_folders.push_back(whole);
    for (const fs::path& index : pack_indexes(whole)) {
        add_pack(index);
    }
    const fs::path list = whole / "info" / "alternates";
    if (!fs::is_regular_file(list, error)) {
        return;
    }
    const std::string lines = io::read_file(list, k_largest_alternates).value_or("");
    for (std::string_view rest = lines; !rest.empty();) {
        if (const std::string_view line = cut_until(rest, '\n');
            !line.empty() && !line.starts_with('#')) {
            add_folder(whole / line, depth + 1);
        }
    }
}

void GitObjectStore::add_pack(const fs::path& index) {
    const auto check = [&]() -> Result<void> {
        std::error_code error;
        const fs::path pack = fs::path(index).replace_extension(".pack");
        if (!fs::is_regular_file(index, error) || !fs::is_regular_file(pack, error)) {
            return fail(ErrorCode::input, "its pack or index is not a file");
        }
        TRY_ASSIGN(const std::string bytes, io::read_file(index));
        const std::uint64_t size = fs::file_size(pack, error);
        TRY(check_pack_index(bytes, size));
        git_odb_backend* backend = nullptr;
        if (git_odb_backend_one_pack(&backend, index.c_str()) != 0 ||
            git_odb_add_backend(m_packs.get(), backend, 1) != 0) {
            return git_failure("open it");
        }
        m_bytes_of_packs += size;
        return {};
    };
    if (const auto checked = check(); !checked) {
        m_skipped.push_back(
            {text::repaired_utf8(index.filename().string()), checked.error().message});
    }
}

std::uint64_t GitObjectStore::size_on_disk() const {
    std::uint64_t loose = 0;
    std::error_code error;
    for (const fs::path& folder : m_folders) {
        for (int first = 0; first < 256; ++first) {
            fs::directory_iterator file(folder / fmt::format("{:02x}", first), error);
            for (const fs::directory_iterator end; !error && file != end; file.increment(error)) {
                const std::uint64_t size = file->file_size(error);
                loose += error ? 0 : size;
            }
        }
    }
    return m_bytes_of_packs + loose;
}

Result<GitObjectHeader> GitObjectStore::read_header(const git_oid& id) const {
    std::size_t size = 0;
    GitObjectHeader header;
    const int status = git_odb_read_header(&size, &header.type, m_packs.get(), &id);
    if (status == 0) {
        header.size = size;
        return header;
    }
    Failure failure = status == GIT_ENOTFOUND
                          ? missing(id)
                          : git_failure(fmt::format("read the object {}", to_hex(id)));
    for (const fs::path& folder : m_folders) {
        TRY_ASSIGN(const auto found, read_loose_header(loose_path(folder, id)));
        if (found) {
            return *found;
        }
    }
    return failure;
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
    git_odb_object* found = nullptr;
    const int status = git_odb_read(&found, m_packs.get(), &id);
    if (status == 0) {
        const GitObject object(found);
        return std::string(static_cast<const char*>(git_odb_object_data(object.get())),
                           git_odb_object_size(object.get()));
    }
    Failure failure = git_failure(fmt::format("read the object {}", to_hex(id)));
    for (const fs::path& folder : m_folders) {
        TRY_ASSIGN(auto bytes, read_loose_object(loose_path(folder, id)));
        if (bytes) {
            return std::move(*bytes);
        }
    }
    return failure;
}

}  // namespace smallprint::archive

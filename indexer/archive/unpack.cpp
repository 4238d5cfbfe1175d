// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/archive/unpack.h"

#include "common/base/error.h"
#include "common/base/result.h"
#include "common/io/file_bytes.h"
#include "common/io/scratch_file.h"
#include "common/model/listing.h"
#include "common/text/utf8.h"
#include "indexer/archive/file_tree.h"
#include "indexer/archive/limits.h"

#include <fmt/format.h>

#include <archive.h>
#include <archive_entry.h>
#include <locale.h>  // newlocale is POSIX's

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace smallprint {
namespace {

constexpr std::size_t k_piece = std::size_t{1} << 18U;

// libarchive drops names that the locale cannot express. As long as this lives, the thread has one
// that can express them all.
class Utf8Locale {
public:
    Utf8Locale() : m_locale(::newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr)) {
        if (m_locale != nullptr) {
            m_before = ::uselocale(m_locale);
        }
    }

    Utf8Locale(const Utf8Locale&) = delete;
    Utf8Locale& operator=(const Utf8Locale&) = delete;
    Utf8Locale(Utf8Locale&&) = delete;
    Utf8Locale& operator=(Utf8Locale&&) = delete;

    ~Utf8Locale() {
        if (m_locale != nullptr) {
            ::uselocale(m_before);
            ::freelocale(m_locale);
        }
    }

private:
    locale_t m_locale;
    locale_t m_before = nullptr;
};

// libarchive reading from a FileBytes.
class Unpacker {
public:
    explicit Unpacker(const FileBytes& packed) : m_packed(packed), m_archive(archive_read_new()) {}

    Unpacker(const Unpacker&) = delete;
    Unpacker& operator=(const Unpacker&) = delete;
    Unpacker(Unpacker&&) = delete;
    Unpacker& operator=(Unpacker&&) = delete;

    ~Unpacker() { archive_read_free(m_archive); }

    // One stream of bytes.
    Result<void> open_stream() {
        archive_read_support_format_raw(m_archive);
        TRY(open());
        archive_entry* entry = nullptr;
        if (archive_read_next_header(m_archive, &entry) != ARCHIVE_OK) {
            return failure();
        }
        return {};
    }

    // Members with names.
    Result<void> open_members() {
        archive_read_support_format_tar(m_archive);
        archive_read_support_format_zip(m_archive);
        return open();
    }

    // The next member, null behind the last.
    Result<archive_entry*> next() {
        archive_entry* entry = nullptr;
        const int result = archive_read_next_header(m_archive, &entry);
        if (result == ARCHIVE_EOF) {
            return nullptr;
        }
        if (result != ARCHIVE_OK && result != ARCHIVE_WARN) {
            return failure();
        }
        return entry;
    }

    // Some bytes of the stream or member, empty at its end. They live until the next call.
    Result<std::string_view> read() {
        m_piece.resize(k_piece);
        const la_ssize_t got = archive_read_data(m_archive, m_piece.data(), m_piece.size());
        if (got < 0) {
            return failure();
        }
        m_unpacked += static_cast<std::uint64_t>(got);
        const bool is_bomb =
            m_unpacked > k_archive_ratio_floor && m_unpacked / k_largest_ratio > m_packed.size();
        if (m_unpacked > k_largest_unpacked || is_bomb) {
            return fail(ErrorCode::limit,
                        fmt::format("unpacks to more than {} MB, over the limit for a file of {} "
                                    "bytes",
                                    m_unpacked / 1'000'000, m_packed.size()));
        }
        return std::string_view(m_piece).substr(0, static_cast<std::size_t>(got));
    }

private:
    Failure failure() const {
        const char* reason = archive_error_string(m_archive);
        return fail(ErrorCode::input,
                    fmt::format("cannot be unpacked: {}",
                                repaired_utf8(reason == nullptr ? "damaged" : reason)));
    }

    Result<void> open() {
        archive_read_support_filter_gzip(m_archive);
        archive_read_support_filter_xz(m_archive);
        archive_read_support_filter_zstd(m_archive);
        archive_read_support_filter_bzip2(m_archive);
        archive_read_set_read_callback(m_archive, read_packed);
        archive_read_set_skip_callback(m_archive, skip_packed);
        archive_read_set_seek_callback(m_archive, seek_packed);
        archive_read_set_callback_data(m_archive, this);
        if (archive_read_open1(m_archive) != ARCHIVE_OK) {
            return failure();
        }
        return {};
    }

    static la_ssize_t read_packed(archive* /*archive*/, void* self, const void** bytes) {
        auto& unpacker = *static_cast<Unpacker*>(self);
        auto piece = unpacker.m_packed.read(unpacker.m_at, k_piece);
        if (!piece) {
            archive_set_error(unpacker.m_archive, EIO, "%s", piece.error().message.c_str());
            return ARCHIVE_FATAL;
        }
        unpacker.m_packed_piece = std::move(*piece);
        unpacker.m_at += unpacker.m_packed_piece.size();
        *bytes = unpacker.m_packed_piece.data();
        return static_cast<la_ssize_t>(unpacker.m_packed_piece.size());
    }

    static la_int64_t skip_packed(archive* /*archive*/, void* self, la_int64_t wanted) {
        auto& unpacker = *static_cast<Unpacker*>(self);
        const std::uint64_t left = unpacker.m_packed.size() - unpacker.m_at;
        const std::uint64_t skipped = std::min(left, static_cast<std::uint64_t>(wanted));
        unpacker.m_at += skipped;
        return static_cast<la_int64_t>(skipped);
    }

    static la_int64_t seek_packed(archive* /*archive*/, void* self, la_int64_t offset, int whence) {
        auto& unpacker = *static_cast<Unpacker*>(self);
        const auto size = static_cast<la_int64_t>(unpacker.m_packed.size());
        const la_int64_t base = whence == SEEK_SET   ? 0
                                : whence == SEEK_END ? size
                                                     : static_cast<la_int64_t>(unpacker.m_at);
        const la_int64_t target = std::clamp<la_int64_t>(base + offset, 0, size);
        unpacker.m_at = static_cast<std::uint64_t>(target);
        return target;
    }

    FileBytes m_packed;
    archive* m_archive;
    std::uint64_t m_at = 0;  // in the packed bytes
    std::string m_packed_piece;
    std::string m_piece;
    std::uint64_t m_unpacked = 0;
};

// All of the stream or member that is open.
Result<void> copy(Unpacker& unpacker, ScratchFile& scratch) {
    while (true) {
        TRY_ASSIGN(const std::string_view piece, unpacker.read());
        if (piece.empty()) {
            return {};
        }
        TRY(scratch.append(piece));
    }
}

struct Member {
    TreeFile file;
    std::uint64_t offset = 0;  // in the scratch file
};

}  // namespace

// The members of an archive, one behind the other in one scratch file.
class UnpackedTree : public FileTree {
public:
    static Result<std::shared_ptr<const FileTree>> unpack(const FileBytes& packed) {
        const Utf8Locale locale;
        auto tree = std::make_shared<UnpackedTree>();
        Unpacker unpacker(packed);
        TRY(unpacker.open_members());
        TRY_ASSIGN(ScratchFile scratch, ScratchFile::create());
        std::vector<Member> members;
        while (true) {
            auto entry = unpacker.next();
            if (!entry) {
                if (members.empty()) {
                    return fail(entry.error());
                }
                tree->m_skipped.push_back(
                    {"the rest behind " + members.back().file.path, entry.error().message});
                break;
            }
            if (*entry == nullptr) {
                break;
            }
            TRY(tree->take(**entry, unpacker, scratch, members));
        }
        TRY_ASSIGN(const FileBytes bytes, std::move(scratch).finish());
        tree->keep(std::move(members), bytes);
        return tree;
    }

    Result<FileBytes> open(std::size_t file) const override { return m_members[file]; }

private:
    // As UTF-8 where it can be had, else the bytes as they stand.
    static std::string path_of(archive_entry& entry) {
        const char* name = archive_entry_pathname_utf8(&entry);
        name = name == nullptr ? archive_entry_pathname(&entry) : name;
        std::string path = repaired_utf8(name == nullptr ? "(without a name)" : name);
        return path.starts_with("./") ? path.substr(2) : path;
    }

    // Only running out of room, or of what is sensible, ends the unpacking.
    Result<void> take(archive_entry& entry, Unpacker& unpacker, ScratchFile& scratch,
                      std::vector<Member>& members) {
        const std::string path = path_of(entry);
        if (archive_entry_filetype(&entry) != AE_IFREG) {
            if (archive_entry_filetype(&entry) != AE_IFDIR) {
                m_skipped.push_back({path, "a link or device, not a file", SkipKind::aside});
            }
            return {};
        }
        if (members.size() >= k_most_members) {
            return fail(ErrorCode::limit, fmt::format("more than {} files", k_most_members));
        }
        const std::uint64_t offset = scratch.size();
        if (const auto copied = copy(unpacker, scratch); !copied) {
            if (copied.error().code != ErrorCode::input) {
                return fail(copied.error());
            }
            m_skipped.push_back({path, copied.error().message});
            return {};
        }
        members.push_back({{path, scratch.size() - offset}, offset});
        return {};
    }

    void keep(std::vector<Member> members, const FileBytes& bytes) {
        std::ranges::stable_sort(members, {}, [](const Member& m) { return m.file.path; });
        for (Member& member : members) {
            m_members.push_back(bytes.part(member.offset, member.file.size));
            m_files.push_back(std::move(member.file));
        }
    }

    std::vector<FileBytes> m_members;  // of m_files
};

Result<std::string> unpacked_head(const FileBytes& packed, std::size_t size) {
    Unpacker unpacker(packed);
    TRY(unpacker.open_stream());
    TRY_ASSIGN(const std::string_view head, unpacker.read());
    return std::string(head.substr(0, size));
}

Result<FileBytes> unpack_file(const FileBytes& packed) {
    Unpacker unpacker(packed);
    TRY(unpacker.open_stream());
    TRY_ASSIGN(ScratchFile scratch, ScratchFile::create());
    TRY(copy(unpacker, scratch));
    return std::move(scratch).finish();
}

Result<std::shared_ptr<const FileTree>> unpack_tree(const FileBytes& packed) {
    return UnpackedTree::unpack(packed);
}

}  // namespace smallprint

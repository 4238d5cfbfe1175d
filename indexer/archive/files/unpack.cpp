// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/archive/files/unpack.h"

#include "common/base/error.h"
#include "common/base/result.h"
#include "common/io/file.h"
#include "common/io/scratch.h"
#include "common/model/listing.h"
#include "common/text/utf8.h"
#include "indexer/archive/decompression.h"
#include "indexer/archive/files/file_tree.h"
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

namespace smallprint::archive {
namespace {

constexpr std::size_t k_mark = 4;  // bytes that tell gzip and zstd

constexpr std::size_t k_piece = std::size_t{1} << 18U;
constexpr std::uint64_t k_member_header = 512;  // bytes, of a tar file
constexpr int k_most_left = 16;                 // members of a zip file that are over a limit

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

// libarchive reading from a FileBytes, or from what gzip and zstd made of it.
class Unpacker {
public:
    explicit Unpacker(const io::FileBytes& packed)
        : m_packed(packed), m_archive(archive_read_new()) {}

    Unpacker(const Unpacker&) = delete;
    Unpacker& operator=(const Unpacker&) = delete;
    Unpacker(Unpacker&&) = delete;
    Unpacker& operator=(Unpacker&&) = delete;

    ~Unpacker() { archive_read_free(m_archive); }

    // One stream of bytes.
    Result<void> open_stream() {
        TRY(unpack_stream());
        if (m_stream != nullptr) {
            return {};
        }
        archive_read_support_format_raw(m_archive);
        TRY(open());
        archive_entry* entry = nullptr;
        if (archive_read_next_header(m_archive, &entry) != ARCHIVE_OK) {
            return failure();
        }
        if (archive_filter_count(m_archive) == 1) {  // too little to be told by libarchive
            return fail(ErrorCode::input, "cannot be unpacked: damaged compressed data");
        }
        return {};
    }

    // Members with names.
    Result<void> open_members() {
        TRY(unpack_stream());
        archive_read_support_format_tar(m_archive);
        archive_read_support_format_zip(m_archive);
        // Two blocks of zeros end a tar file, but "cat a.tar b.tar" goes on behind them.
        archive_read_set_format_option(m_archive, "tar", "read_concatenated_archives", "1");
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
        m_unpacked += k_member_header;
        TRY(check_size());
        m_before_member = m_unpacked;
        return entry;
    }

    // Gives up a member that is over a limit. False if what stands behind it can only be had by
    // unpacking it to its end, or if there are too many of its kind.
    bool leave_member() {
        const int format = archive_format(m_archive) & ARCHIVE_FORMAT_BASE_MASK;
        m_unpacked = m_before_member;
        return format == ARCHIVE_FORMAT_ZIP && m_stream == nullptr && ++m_left < k_most_left;
    }

    // At the end: bytes behind the compressed data that belong to none.
    std::uint64_t behind() const {
        if (m_stream != nullptr) {
            return m_stream->behind();
        }
        const auto used = static_cast<std::uint64_t>(archive_filter_bytes(m_archive, -1));
        const bool is_packed = archive_filter_count(m_archive) > 1;
        return is_packed && used < m_packed.size() ? m_packed.size() - used : 0;
    }

    // Some bytes of the stream or member, empty at its end. They live until the next call.
    Result<std::string_view> read() {
        TRY_ASSIGN(const std::string_view piece, read_piece());
        m_unpacked += piece.size();
        TRY(check_size());
        return piece;
    }

private:
    bool is_plain_stream() const { return m_stream != nullptr && archive_format(m_archive) == 0; }

    Result<std::string_view> read_piece() {
        if (is_plain_stream()) {
            return read_stream();
        }
        m_piece.resize(k_piece);
        const la_ssize_t got = archive_read_data(m_archive, m_piece.data(), m_piece.size());
        if (got < 0) {
            return failure();
        }
        return std::string_view(m_piece).substr(0, static_cast<std::size_t>(got));
    }

    Result<std::string_view> read_stream() {
        auto piece = m_stream->read();
        if (!piece && piece.error().code == ErrorCode::input) {
            return fail(ErrorCode::input, "cannot be unpacked: " + piece.error().message);
        }
        return piece;
    }

    Result<void> unpack_stream() {
        TRY_ASSIGN(const std::string head, m_packed.read(0, k_mark));
        if (const Compression compression = detect_compression(head);
            compression != Compression::none) {
            m_stream = std::make_unique<PackedStream>(m_packed, compression);
        }
        return {};
    }

    Result<void> check_size() const {
        const bool is_bomb =
            m_unpacked > k_archive_ratio_floor && m_unpacked / k_largest_ratio > m_packed.size();
        if (m_unpacked > k_largest_unpacked || is_bomb) {
            return fail(ErrorCode::limit,
                        fmt::format("unpacks to more than {} MB, over the limit for a file of {} "
                                    "bytes",
                                    m_unpacked / 1'000'000, m_packed.size()));
        }
        return {};
    }

    Failure failure() const {
        const char* reason = archive_error_string(m_archive);
        if (archive_errno(m_archive) == ENOMEM) {
            return io::system_failure("unpack", "an archive", ENOMEM);
        }
        return fail(ErrorCode::input,
                    fmt::format("cannot be unpacked: {}",
                                text::repaired_utf8(reason == nullptr ? "damaged" : reason)));
    }

    Result<void> open() {
        archive_read_support_filter_xz(m_archive);
        archive_read_support_filter_bzip2(m_archive);
        archive_read_set_read_callback(m_archive,
                                       m_stream != nullptr ? read_unpacked : read_packed);
        if (m_stream == nullptr) {
            archive_read_set_skip_callback(m_archive, skip_packed);
            archive_read_set_seek_callback(m_archive, seek_packed);
        }
        archive_read_set_callback_data(m_archive, this);
        if (archive_read_open1(m_archive) != ARCHIVE_OK) {
            return failure();
        }
        return {};
    }

    static la_ssize_t read_packed(struct archive* /*archive*/, void* self, const void** bytes) {
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

    static la_ssize_t read_unpacked(struct archive* /*archive*/, void* self, const void** bytes) {
        auto& unpacker = *static_cast<Unpacker*>(self);
        const auto piece = unpacker.m_stream->read();
        if (!piece) {
            archive_set_error(unpacker.m_archive, EIO, "%s", piece.error().message.c_str());
            return ARCHIVE_FATAL;
        }
        *bytes = piece->data();
        return static_cast<la_ssize_t>(piece->size());
    }

    static la_int64_t skip_packed(struct archive* /*archive*/, void* self, la_int64_t wanted) {
        auto& unpacker = *static_cast<Unpacker*>(self);
        const std::uint64_t left = unpacker.m_packed.size() - unpacker.m_at;
        const std::uint64_t skipped = std::min(left, static_cast<std::uint64_t>(wanted));
        unpacker.m_at += skipped;
        return static_cast<la_int64_t>(skipped);
    }

    static la_int64_t seek_packed(struct archive* /*archive*/, void* self, la_int64_t offset,
                                  int whence) {
        auto& unpacker = *static_cast<Unpacker*>(self);
        const auto size = static_cast<la_int64_t>(unpacker.m_packed.size());
        const la_int64_t base = whence == SEEK_SET   ? 0
                                : whence == SEEK_END ? size
                                                     : static_cast<la_int64_t>(unpacker.m_at);
        const la_int64_t target = std::clamp<la_int64_t>(base + offset, 0, size);
        unpacker.m_at = static_cast<std::uint64_t>(target);
        return target;
    }

    io::FileBytes m_packed;
    struct archive* m_archive;
    std::unique_ptr<PackedStream> m_stream;  // of a file in gzip or zstd form
    std::uint64_t m_at = 0;                  // in the packed bytes
    std::string m_packed_piece;
    std::string m_piece;
    std::uint64_t m_unpacked = 0;
    std::uint64_t m_before_member = 0;  // of m_unpacked
    int m_left = 0;
};

// All of the stream or member that is open.
Result<void> copy(Unpacker& unpacker, io::ScratchFile& scratch) {
    while (true) {
        TRY_ASSIGN(const std::string_view piece, unpacker.read());
        if (piece.empty()) {
            return {};
        }
        TRY(scratch.append(piece));
    }
}

// What the end of a zip file says; zeros for all else.
struct ZipEnd {
    std::size_t entries = 0;  // in its directory; 0 for zip64
    std::size_t behind = 0;   // bytes behind it
};

Result<ZipEnd> read_zip_end(const io::FileBytes& packed) {
    constexpr std::string_view k_end_mark = "PK\x05\x06";
    constexpr std::uint64_t k_longest_end = 65'557;  // bytes, with a comment
    constexpr std::size_t k_shortest_end = 22;
    TRY_ASSIGN(const std::string head, packed.read(0, k_mark));
    const std::uint64_t begin = packed.size() - std::min(packed.size(), k_longest_end);
    TRY_ASSIGN(const std::string tail, packed.read(begin, k_longest_end));
    const std::size_t at = tail.rfind(k_end_mark);
    if (!head.starts_with("PK") || at == tail.npos || tail.size() - at < k_shortest_end) {
        return ZipEnd();
    }
    const auto number_at = [&](std::size_t offset) -> std::size_t {
        const auto low = static_cast<unsigned char>(tail[at + offset]);
        const auto high = static_cast<unsigned char>(tail[at + offset + 1]);
        return low + 256U * high;
    };
    const std::size_t entries = number_at(10);
    const std::size_t end = std::min(at + k_shortest_end + number_at(20), tail.size());
    return ZipEnd{entries == 0xFFFF ? 0 : entries, tail.size() - end};
}

struct Member {
    TreeFile file;
    std::uint64_t offset = 0;  // in the scratch file
};

}  // namespace

// The members of an archive, one behind the other in one scratch file.
class UnpackedTree : public FileTree {
public:
    static Result<std::shared_ptr<const FileTree>> unpack(const io::FileBytes& packed) {
        const Utf8Locale locale;
        auto tree = std::make_shared<UnpackedTree>();
        Unpacker unpacker(packed);
        TRY(unpacker.open_members());
        TRY_ASSIGN(io::ScratchFile scratch, io::ScratchFile::create());
        std::vector<Member> members;
        std::size_t entries = 0;
        while (true) {
            auto entry = unpacker.next();
            if (!entry) {
                if (members.empty()) {
                    return fail(entry.error());
                }
                tree->skip("the rest behind " + members.back().file.path, entry.error());
                break;
            }
            if (*entry == nullptr) {
                TRY_ASSIGN(const ZipEnd end, read_zip_end(packed));
                TRY(tree->check_directory(end, entries, members.empty()));
                tree->note_behind(end.behind + unpacker.behind());
                break;
            }
            ++entries;
            TRY_ASSIGN(const bool goes_on, tree->take(**entry, unpacker, scratch, members));
            if (!goes_on) {
                break;
            }
        }
        TRY_ASSIGN(const io::FileBytes bytes, std::move(scratch).finish());
        tree->keep(std::move(members), bytes);
        return tree;
    }

    Result<io::FileBytes> open(std::size_t file) const override { return m_members[file]; }

private:
    // libarchive takes a directory that it makes no sense of for the end of the file.
    Result<void> check_directory(const ZipEnd& end, std::size_t entries, bool is_without_files) {
        const bool is_damaged = entries < end.entries;
        const std::string reason =
            is_damaged ? fmt::format("damaged: of the {} entries in its directory {} were found",
                                     end.entries, entries)
                       : "holds no file";
        if (is_without_files && (is_damaged || m_skipped.empty())) {
            return fail(ErrorCode::input, reason);
        }
        if (is_damaged) {
            m_skipped.push_back({"(directory)", reason});
        }
        return {};
    }

    void note_behind(std::uint64_t behind) {
        if (behind > 0) {
            m_skipped.push_back({"(behind its end)", told_behind(behind)});
        }
    }

    // As UTF-8 where it can be had, else the bytes as they stand.
    static std::string member_path(archive_entry& entry) {
        const char* name = archive_entry_pathname_utf8(&entry);
        name = name == nullptr ? archive_entry_pathname(&entry) : name;
        std::string path = text::repaired_utf8(name == nullptr ? "(without a name)" : name);
        return path.starts_with("./") ? path.substr(2) : path;
    }

    // False if there are no more members. Only running out of room ends the unpacking at once.
    Result<bool> take(archive_entry& entry, Unpacker& unpacker, io::ScratchFile& scratch,
                      std::vector<Member>& members) {
        const std::string path = member_path(entry);
        if (archive_entry_filetype(&entry) != AE_IFREG) {
            if (archive_entry_filetype(&entry) != AE_IFDIR) {
                m_skipped.push_back({path, "a link or device, not a file", SkipKind::aside});
            } else if (archive_entry_size(&entry) > 0) {
                m_skipped.push_back({path, fmt::format("called a folder, but has {} bytes",
                                                       archive_entry_size(&entry))});
            }
            return true;
        }
        if (members.size() >= k_most_members) {
            return fail(ErrorCode::limit, fmt::format("more than {} files", k_most_members));
        }
        const std::uint64_t offset = scratch.size();
        if (const auto copied = copy(unpacker, scratch); !copied) {
            TRY(scratch.shrink(offset));
            return leave(path, copied.error(), unpacker);
        }
        members.push_back({{path, scratch.size() - offset}, offset});
        return true;
    }

    Result<bool> leave(const std::string& path, const Error& error, Unpacker& unpacker) {
        if (error.code != ErrorCode::input && error.code != ErrorCode::limit) {
            return fail(error);
        }
        skip(path, error);
        if (error.code == ErrorCode::limit && !unpacker.leave_member()) {
            skip("the rest behind " + path, {ErrorCode::limit, "not unpacked"});
            return false;
        }
        return true;
    }

    void skip(std::string place, const Error& error) {
        const bool is_limit = error.code == ErrorCode::limit;
        m_skipped.push_back(
            {std::move(place), error.message, is_limit ? SkipKind::limit : SkipKind::unreadable});
    }

    void keep(std::vector<Member> members, const io::FileBytes& bytes) {
        std::ranges::stable_sort(members, {}, [](const Member& m) { return m.file.path; });
        for (Member& member : members) {
            m_members.push_back(bytes.part(member.offset, member.file.size));
            m_files.push_back(std::move(member.file));
        }
    }

    std::vector<io::FileBytes> m_members;  // of m_files
};

Result<std::string> unpacked_head(const io::FileBytes& packed, std::size_t size) {
    Unpacker unpacker(packed);
    TRY(unpacker.open_stream());
    std::string head;
    while (head.size() < size) {
        const auto piece = unpacker.read();
        if (!piece && head.empty()) {
            return fail(piece.error());
        }
        if (!piece || piece->empty()) {
            break;
        }
        head += piece->substr(0, size - head.size());
    }
    return head;
}

std::string told_behind(std::uint64_t behind) {
    return fmt::format("{} bytes behind the end of the compressed data, not read", behind);
}

Result<UnpackedFile> unpack_file(const io::FileBytes& packed) {
    Unpacker unpacker(packed);
    TRY(unpacker.open_stream());
    TRY_ASSIGN(io::ScratchFile scratch, io::ScratchFile::create());
    TRY(copy(unpacker, scratch));
    TRY_ASSIGN(io::FileBytes bytes, std::move(scratch).finish());
    return UnpackedFile{std::move(bytes), unpacker.behind()};
}

Result<std::shared_ptr<const FileTree>> unpack_tree(const io::FileBytes& packed) {
    return UnpackedTree::unpack(packed);
}

}  // namespace smallprint::archive

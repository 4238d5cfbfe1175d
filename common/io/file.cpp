// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/io/file.h"

#include "common/base/error.h"
#include "common/base/hash.h"
#include "common/base/result.h"

#include <fmt/format.h>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

namespace smallprint::io {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t k_piece = std::size_t{1} << 20U;

// The errnos that tell of the machine. All others tell of the file that was asked for.
struct FaultRow {
    int number;
    ErrorCode code;
    std::string_view hint;
};

constexpr std::string_view k_free_space = "free some space, then run the same command again";
constexpr std::string_view k_raise_limits = "raise the limits, or end other programs";
constexpr std::string_view k_check_disk = "check the disk and its cables";
constexpr std::string_view k_check_share = "check the connection to the file system";

constexpr std::array k_faults = {
    FaultRow{ENOSPC, ErrorCode::no_space, k_free_space},
    FaultRow{EDQUOT, ErrorCode::no_space, k_free_space},
    FaultRow{EFBIG, ErrorCode::no_space, k_free_space},
    FaultRow{EMFILE, ErrorCode::machine, k_raise_limits},
    FaultRow{ENFILE, ErrorCode::machine, k_raise_limits},
    FaultRow{ENOMEM, ErrorCode::machine, k_raise_limits},
    FaultRow{EIO, ErrorCode::machine, k_check_disk},
    FaultRow{EUCLEAN, ErrorCode::machine, k_check_disk},
    FaultRow{EBADMSG, ErrorCode::machine, k_check_disk},  // a checksum of the file system
    FaultRow{ESTALE, ErrorCode::machine, k_check_share},
    FaultRow{ENOTCONN, ErrorCode::machine, k_check_share},
    FaultRow{ETIMEDOUT, ErrorCode::machine, k_check_share},
    FaultRow{EREMOTEIO, ErrorCode::machine, k_check_share},
};

const FaultRow* find_fault(int number) {
    const auto* row = std::ranges::find(k_faults, number, &FaultRow::number);
    return row == k_faults.end() ? nullptr : row;
}

struct KeptFault {
    std::mutex mutex;
    std::optional<Error> error;
};

KeptFault& kept_fault() {
    static KeptFault kept;
    return kept;
}

// Opens a file as the flags say. Nobody is waited for at the other end of a pipe, and what is no
// file (a pipe, a device, a folder) is refused: it may have no end, or never begin.
Result<Descriptor> open_regular(const fs::path& path, int flags, std::string_view action) {
    Descriptor file(::open(path.c_str(), flags | O_CLOEXEC | O_NONBLOCK, 0666));  // NOLINT: varargs
    struct stat status{};
    if (file.get() < 0 || ::fstat(file.get(), &status) != 0) {
        return system_failure(action, path, errno);
    }
    if (!S_ISREG(status.st_mode)) {
        return fail(ErrorCode::io, fmt::format("'{}' is no file", path.string()));
    }
    return file;
}

// What is no file may be written to, unless it is a pipe that nobody reads. The umask says who else
// may read it.
Result<Descriptor> create(const fs::path& path, int extra_flags = O_TRUNC) {
    const int flags = O_WRONLY | O_CREAT | O_CLOEXEC | O_NONBLOCK | extra_flags;
    Descriptor file(::open(path.c_str(), flags, 0666));  // NOLINT: varargs
    if (file.get() < 0) {
        return system_failure("create", path, errno);
    }
    return file;
}

Result<void> write_all(const Descriptor& file, const fs::path& path, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(file.get(), bytes.data(), bytes.size());
        if (written < 0 && errno != EINTR) {
            return system_failure("write", path, errno);
        }
        bytes.remove_prefix(static_cast<std::size_t>(std::max<ssize_t>(written, 0)));
    }
    return {};
}

Result<void> sync(const Descriptor& file, const fs::path& path) {
    if (::fsync(file.get()) != 0) {
        return system_failure("write", path, errno);
    }
    return {};
}

void note_entry(const fs::directory_entry& entry, FileWalk& found) {
    std::error_code error;
    const fs::file_status status = examine(entry.path(), error);
    if (error) {
        found.unreadable.push_back({entry.path(), "cannot be examined: " + error.message()});
    } else if (fs::is_regular_file(status)) {
        const auto size = entry.file_size(error);
        note_fault("look at", entry.path(), error);
        const auto modified = entry.last_write_time(error).time_since_epoch().count();
        note_fault("look at", entry.path(), error);
        found.files.push_back({entry.path(), error ? 0 : size, error ? 0 : modified});
    } else if (fs::is_directory(status)) {
        if (entry.is_symlink(error)) {
            found.unreadable.push_back({entry.path(), "symbolic link to a folder, not followed"});
        }
        note_fault("look at", entry.path(), error);
    } else {
        found.unreadable.push_back({entry.path(), "neither a file nor a folder"});
    }
}

// Recursive iteration that records a folder it cannot enter and goes on with the rest.
void walk_into(const fs::path& folder, const std::function<bool(const fs::path&)>& enters,
               FileWalk& found) {
    std::error_code error;
    fs::directory_iterator entries(folder, error);
    if (error) {
        note_fault("read the folder", folder, error);
        found.unreadable.push_back({folder, "cannot be entered: " + error.message()});
        return;
    }
    for (const fs::directory_iterator end; entries != end;) {
        note_entry(*entries, found);
        const bool is_entered =
            !entries->is_symlink(error) && !error && entries->is_directory(error);
        note_fault("look at", entries->path(), error);
        if (is_entered && (!enters || enters(entries->path()))) {
            walk_into(entries->path(), enters, found);
        }
        entries.increment(error);
        if (error) {
            note_fault("read the folder", folder, error);
            found.unreadable.push_back({folder, "listing broke off: " + error.message()});
            return;
        }
    }
}

}  // namespace

Failure system_failure(std::string_view action, const fs::path& path, int number) {
    std::string message = fmt::format("cannot {} '{}': {}", action, path.string(),
                                      std::generic_category().message(number));
    if (const FaultRow* row = find_fault(number)) {
        return keep_fault({row->code, std::move(message), std::string(row->hint)});
    }
    return fail(ErrorCode::io, std::move(message),
                number == EACCES  ? "check the permissions of the file and its folder"
                : number == EROFS ? "the file system is mounted read-only"
                                  : "");
}

Failure keep_fault(Error error) {
    const std::lock_guard lock(kept_fault().mutex);
    if (!kept_fault().error) {
        kept_fault().error = error;
    }
    return fail(std::move(error));
}

void note_fault(std::string_view action, const fs::path& path, const std::error_code& error) {
    if (error && find_fault(error.value()) != nullptr) {
        (void)system_failure(action, path, error.value());
    }
}

bool tells_of_fault(std::string_view message) {
    return std::ranges::any_of(k_faults, [&](const FaultRow& row) {
        return message.ends_with(std::generic_category().message(row.number));
    });
}

fs::file_status examine(const fs::path& path, std::error_code& error) {
    fs::file_status status = fs::status(path, error);
    note_fault("look at", path, error);
    return status;
}

Result<void> check_faults() {
    const std::lock_guard lock(kept_fault().mutex);
    const std::optional<Error>& kept = kept_fault().error;
    return kept ? Result<void>(fail(*kept)) : Result<void>();
}

void forget_faults() {
    const std::lock_guard lock(kept_fault().mutex);
    kept_fault().error.reset();
}

Result<FileWalk> walk(const fs::path& folder, const std::function<bool(const fs::path&)>& enters) {
    std::error_code error;
    const fs::directory_iterator probe(folder, error);
    if (error) {
        return system_failure("read the folder", folder, error.value());
    }
    FileWalk found;
    walk_into(folder, enters, found);
    std::ranges::sort(found.files, {}, &FileEntry::path);
    std::ranges::sort(found.unreadable, {}, &Unreadable::path);
    return found;
}

Result<std::string> read_file(const fs::path& path, std::size_t limit, Links links) {
    const int flags = O_RDONLY | (links == Links::refuse ? O_NOFOLLOW : 0);
    TRY_ASSIGN(const Descriptor file, open_regular(path, flags, "open"));
    std::string bytes;
    std::error_code error;
    const auto size = fs::file_size(path, error);
    note_fault("look at", path, error);
    // One byte more than the size, so that the usual file ends with the first read.
    std::size_t chunk = error ? std::size_t{65536} : static_cast<std::size_t>(size) + 1;
    while (bytes.size() < limit) {
        const std::size_t old_size = bytes.size();
        const std::size_t wanted = std::min(chunk, limit - old_size);
        bytes.resize(old_size + wanted);
        const ssize_t got = ::read(file.get(), bytes.data() + old_size, wanted);
        if (got < 0 && errno != EINTR) {
            return system_failure("read", path, errno);
        }
        bytes.resize(old_size + static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
        if (got == 0) {
            break;
        }
        chunk = std::max<std::size_t>(65536, chunk - std::min(chunk, wanted));
    }
    return bytes;
}

Result<void> read_pieces(const fs::path& path,
                         const std::function<Result<void>(std::string_view)>& take) {
    TRY_ASSIGN(const Descriptor file, open_regular(path, O_RDONLY, "open"));
    std::string piece(k_piece, '\0');
    while (true) {
        const ssize_t got = ::read(file.get(), piece.data(), piece.size());
        if (got == 0) {
            return {};
        }
        if (got < 0 && errno != EINTR) {
            return system_failure("read", path, errno);
        }
        if (got > 0) {
            TRY(take(std::string_view(piece).substr(0, static_cast<std::size_t>(got))));
        }
    }
}

Result<void> digest_file(const fs::path& path, Digest128& digest) {
    return read_pieces(path, [&](std::string_view bytes) -> Result<void> {
        digest.add(bytes);
        return {};
    });
}

Result<void> make_folder(const fs::path& path) {
    std::error_code error;
    fs::create_directories(path, error);
    if (error) {
        return system_failure("create the folder", path, error.value());
    }
    return {};
}

Result<void> write_file(const fs::path& path, std::string_view bytes) {
    TRY_ASSIGN(const Descriptor file, create(path));
    TRY(write_all(file, path, bytes));
    return sync(file, path);
}

Result<void> write_unsynced(const fs::path& path, std::string_view bytes) {
    TRY_ASSIGN(const Descriptor file, create(path));
    return write_all(file, path, bytes);
}

Result<void> join_files(const std::vector<fs::path>& parts, const fs::path& whole) {
    TRY_ASSIGN(const Descriptor file, create(whole));
    for (const fs::path& part : parts) {
        TRY(read_pieces(part,
                        [&](std::string_view bytes) { return write_all(file, whole, bytes); }));
    }
    return sync(file, whole);
}

Result<void> replace_file(const fs::path& path, std::string_view bytes) {
    fs::path aside = path;
    aside += ".tmp";
    TRY(remove_tree(aside));  // of a run that was interrupted
    TRY_ASSIGN(const Descriptor file, create(aside, O_EXCL | O_NOFOLLOW));
    TRY(write_all(file, aside, bytes));
    TRY(sync(file, aside));
    return rename_durably(aside, path);
}

Result<void> rename_durably(const fs::path& from, const fs::path& to) {
    if (::rename(from.c_str(), to.c_str()) != 0) {
        return system_failure("rename to", to, errno);
    }
    const fs::path folder = to.has_parent_path() ? to.parent_path() : fs::path(".");
    return sync_folder(folder);
}

Result<void> sync_folder(const fs::path& folder) {
    const Descriptor file(::open(folder.c_str(), O_RDONLY | O_CLOEXEC | O_DIRECTORY));
    if (file.get() < 0) {
        return system_failure("open", folder, errno);
    }
    return sync(file, folder);
}

Result<void> remove_tree(const fs::path& path) {
    std::error_code error;
    fs::remove_all(path, error);
    if (error) {
        return system_failure("remove", path, error.value());
    }
    return {};
}

void raise_file_limit() {
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) == 0) {
        limit.rlim_cur = limit.rlim_max;
        (void)::setrlimit(RLIMIT_NOFILE, &limit);  // else we have what we had
    }
}

Descriptor::~Descriptor() {
    if (m_value >= 0) {
        ::close(m_value);
    }
}

Result<RandomAccessFile> RandomAccessFile::open(const fs::path& path) {
    TRY_ASSIGN(Descriptor file, open_regular(path, O_RDONLY, "open"));
    return RandomAccessFile(std::move(file), path);
}

Result<std::string> RandomAccessFile::read(std::uint64_t offset, std::size_t size) const {
    std::string bytes(size, '\0');
    for (std::size_t done = 0; done < size;) {
        const ssize_t got = ::pread(m_descriptor.get(), bytes.data() + done, size - done,
                                    static_cast<off_t>(offset + done));
        if (got < 0 && errno != EINTR) {
            return system_failure("read", m_path, errno);
        }
        if (got == 0) {
            return fail(ErrorCode::damaged,
                        fmt::format("'{}' is shorter than it should be", m_path.string()));
        }
        done += static_cast<std::size_t>(std::max<ssize_t>(got, 0));
    }
    return bytes;
}

Result<std::uint64_t> RandomAccessFile::size() const {
    struct stat status{};
    if (::fstat(m_descriptor.get(), &status) != 0) {
        return system_failure("look at", m_path, errno);
    }
    return static_cast<std::uint64_t>(status.st_size);
}

Result<FileLock> FileLock::acquire(const fs::path& path) {
    TRY_ASSIGN(Descriptor file, open_regular(path, O_RDWR | O_CREAT | O_NOFOLLOW, "create"));
    if (::flock(file.get(), LOCK_EX | LOCK_NB) != 0) {
        if (errno == EWOULDBLOCK) {
            return fail(
                ErrorCode::locked,
                fmt::format("another program is writing to '{}'", path.parent_path().string()),
                "wait until it has ended, or choose another folder with --index");
        }
        return system_failure("lock", path, errno);
    }
    return FileLock(std::move(file));
}

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

}  // namespace smallprint::io

// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/error.h"
#include "common/base/hash.h"
#include "common/base/result.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

namespace smallprint::io {

// Makes an error of what the system says went wrong: "cannot <action> '<path>': ...". A full disk
// is ErrorCode::no_space, a fault of the machine ErrorCode::machine. `number` is an errno. A fault
// of either kind is kept as well, see check_faults.
Failure system_failure(std::string_view action, const std::filesystem::path& path, int number);

// A fault of the machine is not a fault of the archive that is being read. The first one is kept,
// whoever met it, and the indexer asks for it before it writes down what it has read: readers set
// aside what they cannot read, and libraries between us and the system forget why. To keep one does
// nothing by itself, so that a server goes on. Safe in any thread.

// Keeps an error that is not known by its errno, and returns it.
Failure keep_fault(Error error);

// Keeps what std::filesystem said, if that is a fault of the machine.
void note_fault(std::string_view action, const std::filesystem::path& path,
                const std::error_code& error);

// True of a library's message that ends with the system's words for a fault of the machine.
bool tells_of_fault(std::string_view message);

// Fails with the fault that was kept.
Result<void> check_faults();

void forget_faults();

// As std::filesystem::status, which follows links; a fault of the machine is kept.
std::filesystem::file_status examine(const std::filesystem::path& path, std::error_code& error);

// Files with errors as values: a full disk is ErrorCode::no_space, everything else the system
// refuses is ErrorCode::io, and the message names the file. What is read has to be a regular
// file.

struct FileEntry {
    std::filesystem::path path;
    std::uint64_t size = 0;
    std::int64_t modified = 0;  // to be compared, not read as a date
};

struct Unreadable {
    std::filesystem::path path;
    std::string reason;
};

struct FileWalk {
    std::vector<FileEntry> files;        // sorted by path, so that a walk is the same everywhere
    std::vector<Unreadable> unreadable;  // folders that could not be entered, loops, devices
};

// All regular files below a folder. Symbolic links to files are followed, those to folders are not
// (they are how a tree comes to contain itself) and are listed as unreadable. Folders below for
// which `enters`, if there is one, says no are left alone.
Result<FileWalk> walk(const std::filesystem::path& folder,
                      const std::function<bool(const std::filesystem::path&)>& enters = {});

enum class Links { follow, refuse };  // of the file itself, if it is a symbolic link

// At most `limit` bytes from the start.
Result<std::string> read_file(const std::filesystem::path& path, std::size_t limit = SIZE_MAX,
                              Links links = Links::follow);

// Hands over the whole file, piece by piece, until `take` fails; a file of any size.
Result<void> read_pieces(const std::filesystem::path& path,
                         const std::function<Result<void>(std::string_view)>& take);

// Adds the bytes of a file to a digest.
Result<void> digest_file(const std::filesystem::path& path, Digest128& digest);

Result<void> make_folder(const std::filesystem::path& path);

// Writes and fsyncs; not atomic.
Result<void> write_file(const std::filesystem::path& path, std::string_view bytes);

// Writes and leaves the rest to the system; for what is made anew if it is lost.
Result<void> write_unsynced(const std::filesystem::path& path, std::string_view bytes);

// Writes the bytes of `parts` one after the other and fsyncs.
Result<void> join_files(const std::vector<std::filesystem::path>& parts,
                        const std::filesystem::path& whole);

// Writes aside, fsyncs, renames, fsyncs the folder: readers see the old bytes or the new ones.
Result<void> replace_file(const std::filesystem::path& path, std::string_view bytes);

Result<void> rename_durably(const std::filesystem::path& from, const std::filesystem::path& to);

// Makes the names of what is in a folder durable.
Result<void> sync_folder(const std::filesystem::path& folder);

Result<void> remove_tree(const std::filesystem::path& path);

// Lets the program have as many files open as the system allows it; by default that is often a
// thousand. For programs that keep archives open.
void raise_file_limit();

// Owns an open file and closes it; -1 for none.
class Descriptor {
public:
    explicit Descriptor(int value) : m_value(value) {}

    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;

    Descriptor(Descriptor&& other) noexcept : m_value(std::exchange(other.m_value, -1)) {}

    Descriptor& operator=(Descriptor&& other) noexcept {
        std::swap(m_value, other.m_value);
        return *this;
    }

    ~Descriptor();

    int get() const { return m_value; }

private:
    int m_value;
};

// A file read at any offset, from any thread. Closed at destruction.
class RandomAccessFile {
public:
    static Result<RandomAccessFile> open(const std::filesystem::path& path);

    // For a descriptor that is open; takes it over. `path` is for messages.
    RandomAccessFile(Descriptor descriptor, std::filesystem::path path)
        : m_descriptor(std::move(descriptor)), m_path(std::move(path)) {}

    // Exactly `size` bytes; fewer in the file is ErrorCode::damaged.
    Result<std::string> read(std::uint64_t offset, std::size_t size) const;

    Result<std::uint64_t> size() const;

    int descriptor() const { return m_descriptor.get(); }

private:
    Descriptor m_descriptor;
    std::filesystem::path m_path;
};

// Holds an advisory lock on a file from creation to destruction; freed by the kernel if we die.
class FileLock {
public:
    static Result<FileLock> acquire(const std::filesystem::path& path);

private:
    explicit FileLock(Descriptor file) : m_file(std::move(file)) {}

    Descriptor m_file;
};

// A stretch of a file: all of it, or a member of an archive that was unpacked into one. The file
// stays open as long as anybody holds a copy, and may be read from any thread. Cheap to copy.
class FileBytes {
public:
    static Result<FileBytes> open(const std::filesystem::path& path);

    FileBytes(std::shared_ptr<const RandomAccessFile> file, std::uint64_t offset,
              std::uint64_t size);

    std::uint64_t size() const { return m_size; }

    // Reads at most `size` bytes from `offset` on; fewer only at the end.
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

}  // namespace smallprint::io

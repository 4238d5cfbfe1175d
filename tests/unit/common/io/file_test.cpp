// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/base/error.h"
#include "common/io/file.h"

#include <doctest/doctest.h>

#include <sys/stat.h>

#include <cerrno>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <ios>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

namespace smallprint {
namespace {

namespace fs = std::filesystem;

void put(const fs::path& path, std::string_view bytes) {
    fs::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << bytes;
}

fs::path fresh_folder(const std::string& name) {
    fs::remove_all(name);
    fs::create_directories(name);
    return name;
}

}  // namespace

TEST_CASE("a walk finds all files, sorted by path, with their sizes") {
    const fs::path folder = fresh_folder("walk");
    put(folder / "b", "22");
    put(folder / "a/z", "1");
    put(folder / "a/deep/er/file", "");
    put(folder / "a.txt", "333");
    const auto found = io::walk(folder);
    REQUIRE(found.has_value());
    std::vector<std::string> paths;
    std::uint64_t size = 0;
    for (const io::FileEntry& file : found->files) {
        paths.push_back(file.path.lexically_relative(folder).string());
        size += file.size;
    }
    CHECK(paths == std::vector<std::string>{"a/deep/er/file", "a/z", "a.txt", "b"});
    CHECK(size == 6);
    CHECK(found->unreadable.empty());
}

TEST_CASE("a walk follows links to files, not to folders, and says what it left out") {
    const fs::path folder = fresh_folder("links");
    put(folder / "real/file", "text");
    fs::create_symlink("real/file", folder / "to_file");
    fs::create_directory_symlink(".", folder / "real/loop");
    fs::create_symlink("nowhere", folder / "broken");
    REQUIRE(::mkfifo((folder / "pipe").c_str(), 0600) == 0);
    const auto found = io::walk(folder);
    REQUIRE(found.has_value());
    REQUIRE(found->files.size() == 2);
    CHECK(found->files[1].path == folder / "to_file");
    CHECK(found->files[1].size == 4);
    REQUIRE(found->unreadable.size() == 3);
    for (const io::Unreadable& entry : found->unreadable) {
        CHECK_FALSE(entry.reason.empty());
    }
}

TEST_CASE("walking what is no folder is an error that names it") {
    for (const std::string name : {"no_such_folder", "some_file"}) {
        put("./some_file", "");
        const auto found = io::walk(name);
        REQUIRE_FALSE(found.has_value());
        CHECK(found.error().code == ErrorCode::io);
        CHECK(found.error().message.find(name) != std::string::npos);
    }
}

TEST_CASE("what was written is read, up to a limit") {
    const std::string bytes("a\0b\r\n\xFF", 6);
    REQUIRE(io::write_file("bytes", bytes).has_value());
    CHECK(io::read_file("bytes") == bytes);
    CHECK(io::read_file("bytes", 3) == bytes.substr(0, 3));
    CHECK(io::read_file("bytes", 0) == std::string());
    REQUIRE(io::write_file("bytes", "x").has_value());
    CHECK(io::read_file("bytes") == "x");
}

TEST_CASE("a file without a size of its own is read to its end") {
    const auto bytes = io::read_file("/proc/self/status");
    REQUIRE(bytes.has_value());
    CHECK(bytes->find("Pid:") != std::string::npos);
}

TEST_CASE("errors name the file and carry the code for input and output") {
    const auto unread = io::read_file("absent/file");
    REQUIRE_FALSE(unread.has_value());
    CHECK(unread.error().code == ErrorCode::io);
    CHECK(unread.error().message.find("absent/file") != std::string::npos);
    CHECK(io::write_file("absent/file", "").error().code == ErrorCode::io);
    CHECK(io::read_file(".").error().code == ErrorCode::io);
    CHECK(io::RandomAccessFile::open("absent/file").error().code == ErrorCode::io);
    CHECK(io::rename_durably("absent", "other").error().code == ErrorCode::io);
}

TEST_CASE("a full device is told apart from other errors") {
    if (!fs::exists("/dev/full")) {
        MESSAGE("SKIPPED: there is no /dev/full");
        return;
    }
    const auto written = io::write_file("/dev/full", "bytes");
    REQUIRE_FALSE(written.has_value());
    CHECK(written.error().code == ErrorCode::no_space);
}

TEST_CASE("the first fault of the machine is kept until it is forgotten") {
    io::forget_faults();
    CHECK(io::system_failure("open", "gone", ENOENT).value().code == ErrorCode::io);
    std::error_code error;
    CHECK_FALSE(fs::exists(io::examine("absent/file", error)));
    CHECK(io::check_faults().has_value());  // a file that is not there says nothing of the machine
    io::note_fault("read", "broken", std::error_code(EIO, std::generic_category()));
    CHECK(io::system_failure("open", "another", EMFILE).value().code == ErrorCode::machine);
    const auto kept = io::check_faults();
    REQUIRE_FALSE(kept.has_value());
    CHECK(kept.error().code == ErrorCode::machine);
    CHECK(kept.error().message == "cannot read 'broken': Input/output error");
    io::forget_faults();
    CHECK(io::check_faults().has_value());
}

TEST_CASE("a library's message tells of a fault by its end") {
    CHECK(io::tells_of_fault("could not open 'HEAD': Too many open files"));
    CHECK_FALSE(io::tells_of_fault("could not open 'HEAD': No such file or directory"));
    CHECK_FALSE(io::tells_of_fault("could not open 'Input/output error'"));
}

TEST_CASE("a file is replaced as a whole, and nothing is left beside it") {
    const fs::path folder = fresh_folder("replace");
    REQUIRE(io::replace_file(folder / "file", "old").has_value());
    REQUIRE(io::replace_file(folder / "file", "new bytes").has_value());
    CHECK(io::read_file(folder / "file") == "new bytes");
    CHECK(io::walk(folder)->files.size() == 1);
    fs::create_directories(folder / "in_the_way/sub");
    CHECK_FALSE(io::replace_file(folder / "in_the_way", "bytes").has_value());
    CHECK(fs::is_directory(folder / "in_the_way/sub"));
}

TEST_CASE("files are joined in the order given") {
    REQUIRE(io::write_file("one", "1").has_value());
    REQUIRE(io::write_file("two", "22").has_value());
    REQUIRE(io::join_files({"two", "one", "two"}, "whole").has_value());
    CHECK(io::read_file("whole") == "22122");
    CHECK_FALSE(io::join_files({"one", "absent"}, "whole").has_value());
}

TEST_CASE("folders are made, synced and removed with what is in them") {
    REQUIRE(io::make_folder("made/in/depth").has_value());
    REQUIRE(io::make_folder("made/in/depth").has_value());
    put("made/in/depth/file", "text");
    CHECK(io::sync_folder("made").has_value());
    CHECK(io::remove_tree("made").has_value());
    CHECK_FALSE(fs::exists("made"));
    CHECK(io::remove_tree("made").has_value());
    CHECK_FALSE(io::sync_folder("made").has_value());
    put("./plain_file", "");
    CHECK_FALSE(io::make_folder("plain_file/below").has_value());
}

TEST_CASE("bytes are read at any offset, and a file that is too short is damaged") {
    REQUIRE(io::write_file("digits", "0123456789").has_value());
    auto file = io::RandomAccessFile::open("digits");
    REQUIRE(file.has_value());
    const io::RandomAccessFile moved = std::move(*file);
    CHECK(moved.read(3, 4) == "3456");
    CHECK(moved.read(10, 0) == "");
    CHECK(moved.read(8, 3).error().code == ErrorCode::damaged);
    CHECK(moved.read(100, 1).error().code == ErrorCode::damaged);
}

TEST_CASE("a lock is held by one at a time and freed at its end") {
    auto first = io::FileLock::acquire("lock");
    REQUIRE(first.has_value());
    CHECK(io::FileLock::acquire("lock").error().code == ErrorCode::locked);
    {
        const io::FileLock moved = std::move(*first);
        CHECK(io::FileLock::acquire("lock").error().code == ErrorCode::locked);
    }
    CHECK(io::FileLock::acquire("lock").has_value());
    CHECK(io::FileLock::acquire("absent/lock").error().code == ErrorCode::io);
}

}  // namespace smallprint

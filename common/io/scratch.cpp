// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/io/scratch.h"

#include "common/base/error.h"
#include "common/base/result.h"
#include "common/io/file.h"

#include <fcntl.h>
#include <stdlib.h>  // mkdtemp is POSIX's
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

namespace smallprint::io {
namespace {

// Opens a file that has lost its name, for file systems that know none without one.
int open_nameless(const std::filesystem::path& folder) {
    const int descriptor =
        ::open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);  // NOLINT: varargs
    if (descriptor >= 0 || (errno != EOPNOTSUPP && errno != EISDIR)) {
        return descriptor;
    }
    std::string name = (folder / "smallprint-XXXXXX").string();
    const int named = ::mkostemp(name.data(), O_CLOEXEC);  // NOLINT(misc-include-cleaner)
    if (named >= 0) {
        ::unlink(name.c_str());
    }
    return named;
}

// No archive is to blame for a folder of temporary files that is not there.
Failure no_scratch(int number) {
    Failure failure = system_failure("create temporary files in", scratch_place(), number);
    Error error = failure.value();
    if (error.code == ErrorCode::io) {
        error.code = ErrorCode::machine;
        error.hint = "let TMPDIR name a folder that can be written to";
        return keep_fault(std::move(error));
    }
    return fail(std::move(error));
}

}  // namespace

std::filesystem::path scratch_place() {
    const char* named = std::getenv("TMPDIR");  // NOLINT(concurrency-mt-unsafe): nobody sets it
    return named != nullptr && *named != '\0' ? named : "/var/tmp";
}

Result<ScratchFile> ScratchFile::create() {
    const std::filesystem::path folder = scratch_place();
    const int descriptor = open_nameless(folder);
    if (descriptor < 0) {
        return no_scratch(errno);
    }
    return ScratchFile(RandomAccessFile(Descriptor(descriptor), folder / "(temporary)"));
}

ScratchFile::ScratchFile(RandomAccessFile file) : m_file(std::move(file)) {}

Result<void> ScratchFile::append(std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(m_file.descriptor(), bytes.data(), bytes.size());
        if (written < 0 && errno != EINTR) {
            return system_failure("write", scratch_place(), errno);
        }
        if (written > 0) {
            bytes.remove_prefix(static_cast<std::size_t>(written));
            m_size += static_cast<std::uint64_t>(written);
        }
    }
    return {};
}

Result<void> ScratchFile::shrink(std::uint64_t size) {
    const auto end = static_cast<off_t>(size);
    if (::ftruncate(m_file.descriptor(), end) != 0 ||
        ::lseek(m_file.descriptor(), end, SEEK_SET) != end) {
        return system_failure("write", scratch_place(), errno);
    }
    m_size = size;
    return {};
}

Result<FileBytes> ScratchFile::finish() && {
    return FileBytes(std::make_shared<const RandomAccessFile>(std::move(m_file)), 0, m_size);
}

Result<ScratchFolder> ScratchFolder::create() {
    std::string name = (scratch_place() / "smallprint-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) {
        return no_scratch(errno);
    }
    return ScratchFolder(name);
}

ScratchFolder::ScratchFolder(ScratchFolder&& other) noexcept
    : m_path(std::exchange(other.m_path, {})) {}

ScratchFolder& ScratchFolder::operator=(ScratchFolder&& other) noexcept {
    std::swap(m_path, other.m_path);
    return *this;
}

ScratchFolder::~ScratchFolder() {
    if (!m_path.empty()) {
        std::error_code ignored;  // nobody is left who could do anything about it
        std::filesystem::remove_all(m_path, ignored);
    }
}

}  // namespace smallprint::io

// SPDX-License-Identifier: GPL-2.0-or-later
//
// Preloaded (LD_PRELOAD) into a program under test: makes one of the calls fail by which it reads
// an archive or unpacks it. Counted are, from 1 and over all threads, the calls on what stands
// below the folder SHIM_UNDER.
//
//   SHIM_FAULT=EIO:N      call N fails with this errno; EMFILE and ENOMEM are known as well
//   SHIM_STAYS=1          and so does every later call on the same file
//   SHIM_LOG=FILE         a line for every call: "read PATH", "open PATH", ...

#include <dirent.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <climits>
#include <cstdarg>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <string_view>

#include "shim.h"

// What POSIX declares in these headers, the system has in others below them; and mmap has six
// parameters.
// NOLINTBEGIN(misc-include-cleaner,readability-function-size)

namespace {

struct Plan {
    int error = 0;
    long call = 0;
    bool stays = false;
    const char* under = nullptr;
    int log = -1;
};

using shim::next;

Plan read_plan() {
    Plan plan;
    plan.under = std::getenv("SHIM_UNDER");
    plan.stays = std::getenv("SHIM_STAYS") != nullptr;
    if (const char* fault = std::getenv("SHIM_FAULT")) {
        plan.call = shim::number_behind_colon(fault);
        plan.error = std::strncmp(fault, "EMFILE", 6) == 0   ? EMFILE
                     : std::strncmp(fault, "ENOMEM", 6) == 0 ? ENOMEM
                                                             : EIO;
    }
    plan.log = shim::open_log();
    return plan;
}

const Plan& plan() {
    static const Plan read = read_plan();
    return read;
}

std::atomic<long> calls = 0;
std::atomic<std::size_t> broken = 0;  // the file of call N, once that has failed for good

// The path behind a link, empty if it is none.
const char* read_link(const char* link, char (&path)[PATH_MAX]) {
    const ssize_t size =
        next<ssize_t(const char*, char*, size_t)>("readlink")(link, path, sizeof path - 1);
    path[size < 0 ? 0 : size] = '\0';
    return path;
}

// A number for the file behind a path, however that is spelled; for one without a name, of the
// path.
std::size_t number_file(const char* path) {
    struct stat status{};
    return next<int(const char*, struct stat*)>("stat")(path, &status) == 0
               ? status.st_ino
               : std::hash<std::string_view>()(path);
}

// Counts a call; true if it has to fail, with errno set.
bool fails(const char* what, const char* path) {
    const Plan& wanted = plan();
    char behind[PATH_MAX];
    if (path != nullptr && std::strncmp(path, "/proc/self/fd/", 14) == 0) {
        path = read_link(path, behind);
    }
    if (wanted.under == nullptr || path == nullptr ||
        std::strncmp(path, wanted.under, std::strlen(wanted.under)) != 0) {
        return false;
    }
    if (wanted.log >= 0) {
        char line[PATH_MAX + 16];
        const int size = std::snprintf(line, sizeof line, "%s %s\n", what, path);
        (void)next<ssize_t(int, const void*, size_t)>("write")(wanted.log, line,
                                                               static_cast<size_t>(size));
    }
    if (++calls == wanted.call) {
        broken = wanted.stays ? number_file(path) : 0;
    } else if (broken == 0 || number_file(path) != broken) {
        return false;
    }
    errno = wanted.error;
    return wanted.error != 0;
}

bool fails(const char* what, int descriptor) {
    char link[64];
    std::snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
    return fails(what, link);
}

// A path that is relative to an open folder.
bool fails_at(const char* what, int folder, const char* path) {
    return folder == AT_FDCWD || path[0] == '/' ? fails(what, path) : fails(what, folder);
}

}  // namespace

extern "C" {

#define SHIM_OPEN(name)                                                                            \
    int name(const char* path, int flags, ...) {                                                   \
        va_list rest;                                                                              \
        va_start(rest, flags);                                                                     \
        const auto mode = static_cast<mode_t>(va_arg(rest, int));                                  \
        va_end(rest);                                                                              \
        return fails("open", path) ? -1                                                            \
                                   : next<int(const char*, int, ...)>(#name)(path, flags, mode);   \
    }
#define SHIM_OPENAT(name)                                                                          \
    int name(int folder, const char* path, int flags, ...) {                                       \
        va_list rest;                                                                              \
        va_start(rest, flags);                                                                     \
        const auto mode = static_cast<mode_t>(va_arg(rest, int));                                  \
        va_end(rest);                                                                              \
        return fails_at("open", folder, path)                                                      \
                   ? -1                                                                            \
                   : next<int(int, const char*, int, ...)>(#name)(folder, path, flags, mode);      \
    }
#define SHIM_STAT(name, type)                                                                      \
    int name(const char* path, struct type* status) noexcept {                                     \
        return fails("stat", path) ? -1                                                            \
                                   : next<int(const char*, struct type*)>(#name)(path, status);    \
    }
#define SHIM_FSTAT(name, type)                                                                     \
    int name(int descriptor, struct type* status) noexcept {                                       \
        return fails("stat", descriptor)                                                           \
                   ? -1                                                                            \
                   : next<int(int, struct type*)>(#name)(descriptor, status);                      \
    }

#define SHIM_MAP(name)                                                                             \
    void* name(void* at, size_t size, int protection, int flags, int descriptor,                   \
               off_t offset) noexcept {                                                            \
        return descriptor >= 0 && fails("map", descriptor)                                         \
                   ? MAP_FAILED                                                                    \
                   : next<void*(void*, size_t, int, int, int, off_t)>(#name)(                      \
                         at, size, protection, flags, descriptor, offset);                         \
    }

SHIM_OPEN(open)
SHIM_OPEN(open64)
SHIM_OPENAT(openat)
SHIM_OPENAT(openat64)
SHIM_STAT(stat, stat)
SHIM_STAT(stat64, stat64)
SHIM_STAT(lstat, stat)
SHIM_STAT(lstat64, stat64)
SHIM_FSTAT(fstat, stat)
SHIM_FSTAT(fstat64, stat64)

int fstatat(int folder, const char* path, struct stat* status, int flags) noexcept {
    return fails_at("stat", folder, path) ? -1
                                          : next<int(int, const char*, struct stat*, int)>(
                                                "fstatat")(folder, path, status, flags);
}

ssize_t read(int descriptor, void* bytes, size_t size) {
    return fails("read", descriptor)
               ? -1
               : next<ssize_t(int, void*, size_t)>("read")(descriptor, bytes, size);
}

ssize_t write(int descriptor, const void* bytes, size_t size) {
    return fails("write", descriptor)
               ? -1
               : next<ssize_t(int, const void*, size_t)>("write")(descriptor, bytes, size);
}

int mkdir(const char* path, mode_t mode) noexcept {
    return fails("make", path) ? -1 : next<int(const char*, mode_t)>("mkdir")(path, mode);
}

int rename(const char* from, const char* to) noexcept {
    return fails("rename", from) ? -1 : next<int(const char*, const char*)>("rename")(from, to);
}

int access(const char* path, int mode) noexcept {
    return fails("stat", path) ? -1 : next<int(const char*, int)>("access")(path, mode);
}

ssize_t readlink(const char* path, char* target, size_t size) noexcept {
    return fails("resolve", path)
               ? -1
               : next<ssize_t(const char*, char*, size_t)>("readlink")(path, target, size);
}

ssize_t pread(int descriptor, void* bytes, size_t size, off_t offset) {
    return fails("read", descriptor)
               ? -1
               : next<ssize_t(int, void*, size_t, off_t)>("pread")(descriptor, bytes, size, offset);
}

ssize_t pread64(int descriptor, void* bytes, size_t size, off64_t offset) {
    return fails("read", descriptor) ? -1
                                     : next<ssize_t(int, void*, size_t, off64_t)>("pread64")(
                                           descriptor, bytes, size, offset);
}

DIR* opendir(const char* path) {
    return fails("open", path) ? nullptr : next<DIR*(const char*)>("opendir")(path);
}

struct dirent* readdir(DIR* folder) {
    return fails("list", ::dirfd(folder)) ? nullptr : next<struct dirent*(DIR*)>("readdir")(folder);
}

struct dirent64* readdir64(DIR* folder) {
    return fails("list", ::dirfd(folder)) ? nullptr
                                          : next<struct dirent64*(DIR*)>("readdir64")(folder);
}

char* realpath(const char* path, char* whole) noexcept {
    return fails("resolve", path) ? nullptr
                                  : next<char*(const char*, char*)>("realpath")(path, whole);
}

SHIM_MAP(mmap)
SHIM_MAP(mmap64)
}

// NOLINTEND(misc-include-cleaner,readability-function-size)

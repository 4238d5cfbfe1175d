// SPDX-License-Identifier: GPL-2.0-or-later
//
// Preloaded (LD_PRELOAD) into a program under test: makes one of its system calls go wrong. Counted
// are the calls by which a program changes files, from 1, over all threads.
//
//   SHIM_FAULT=kill:N     the process dies before call N
//   SHIM_FAULT=torn:N     of the write that is call N half reaches the file, then the process dies
//   SHIM_FAULT=enospc:N   call N fails as on a full disk; so do all writes after it
//   SHIM_FAULT=once:N     call N fails as on a full disk; those after it do not
//   SHIM_FAULT=eio:N      call N and all after it fail as on a broken disk
//   SHIM_LOG=FILE         a line for every call: "write PATH", "sync PATH", "rename FROM TO", ...
//
// Calls on what is not a file or folder (pipes, terminals) are left alone and not counted.

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <climits>
#include <csignal>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "shim.h"

// What POSIX declares in these headers, the system has in others below them.
// NOLINTBEGIN(misc-include-cleaner)

namespace {

enum class Fault { none, kill, torn, enospc, once, eio };

struct Plan {
    Fault fault = Fault::none;
    long call = 0;
    int log = -1;
};

using shim::next;

Plan read_plan() {
    Plan plan;
    if (const char* fault = std::getenv("SHIM_FAULT")) {
        plan.call = shim::number_behind_colon(fault);
        plan.fault = std::strncmp(fault, "kill", 4) == 0     ? Fault::kill
                     : std::strncmp(fault, "torn", 4) == 0   ? Fault::torn
                     : std::strncmp(fault, "enospc", 6) == 0 ? Fault::enospc
                     : std::strncmp(fault, "once", 4) == 0   ? Fault::once
                     : std::strncmp(fault, "eio", 3) == 0    ? Fault::eio
                                                             : Fault::none;
    }
    plan.log = shim::open_log();
    return plan;
}

const Plan& plan() {
    static const Plan read = read_plan();
    return read;
}

std::atomic<long> calls = 0;

void note(const char* what, const char* path, const char* other = "") {
    if (plan().log < 0) {
        return;
    }
    char line[2 * PATH_MAX + 16];
    const int size = std::snprintf(line, sizeof line, "%s %s %s\n", what, path, other);
    next<ssize_t(int, const void*, size_t)>("write")(plan().log, line, static_cast<size_t>(size));
}

[[noreturn]] void die() {
    ::kill(::getpid(), SIGKILL);
    for (;;) {
        ::pause();
    }
}

// Counts a call; the errno it has to fail with, or 0. Does not come back when the process is to
// die; a write that is to be torn gives -1.
int verdict(bool is_write) {
    const long number = ++calls;
    const Plan& wanted = plan();
    if (wanted.fault == Fault::none || number < wanted.call) {
        return 0;
    }
    const bool is_now = number == wanted.call;
    switch (wanted.fault) {
    case Fault::kill:
        die();
    case Fault::torn:
        if (!is_write) {
            die();
        }
        return -1;
    case Fault::enospc:
        return is_now || is_write ? ENOSPC : 0;
    case Fault::once:
        return is_now ? ENOSPC : 0;
    case Fault::eio:
        return EIO;
    case Fault::none:
        break;
    }
    return 0;
}

// The path of a descriptor if it is a file or folder; false if it is something else.
bool path_of(int descriptor, char (&path)[PATH_MAX]) {
    struct stat status{};
    if (::fstat(descriptor, &status) != 0 ||
        (!S_ISREG(status.st_mode) && !S_ISDIR(status.st_mode))) {
        return false;
    }
    char link[64];
    std::snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
    const ssize_t size = ::readlink(link, path, sizeof path - 1);
    path[size < 0 ? 0 : size] = '\0';
    return true;
}

template <typename Call> auto guarded_write(int descriptor, size_t size, Call call) {
    char path[PATH_MAX];
    if (!path_of(descriptor, path)) {
        return call(size);
    }
    note("write", path);
    const int error = verdict(true);
    if (error < 0) {
        (void)call(size / 2);
        die();
    }
    if (error > 0) {
        errno = error;
        return static_cast<ssize_t>(-1);
    }
    return call(size);
}

int guarded_sync(int descriptor, const char* name) {
    char path[PATH_MAX];
    if (path_of(descriptor, path)) {
        note("sync", path);
        if (const int error = verdict(false); error != 0) {
            errno = error;
            return -1;
        }
    }
    return next<int(int)>(name)(descriptor);
}

}  // namespace

extern "C" {

ssize_t write(int descriptor, const void* bytes, size_t size) {
    return guarded_write(descriptor, size, [&](size_t wanted) {
        return next<ssize_t(int, const void*, size_t)>("write")(descriptor, bytes, wanted);
    });
}

ssize_t pwrite(int descriptor, const void* bytes, size_t size, off_t offset) {
    return guarded_write(descriptor, size, [&](size_t wanted) {
        return next<ssize_t(int, const void*, size_t, off_t)>("pwrite")(descriptor, bytes, wanted,
                                                                        offset);
    });
}

ssize_t pwrite64(int descriptor, const void* bytes, size_t size, off64_t offset) {
    return guarded_write(descriptor, size, [&](size_t wanted) {
        return next<ssize_t(int, const void*, size_t, off64_t)>("pwrite64")(descriptor, bytes,
                                                                            wanted, offset);
    });
}

int fsync(int descriptor) {
    return guarded_sync(descriptor, "fsync");
}

int fdatasync(int descriptor) {
    return guarded_sync(descriptor, "fdatasync");
}

int rename(const char* from, const char* to) noexcept {
    note("rename", from, to);
    if (const int error = verdict(false); error != 0) {
        errno = error;
        return -1;
    }
    return next<int(const char*, const char*)>("rename")(from, to);
}

int mkdir(const char* path, mode_t mode) noexcept {
    note("mkdir", path);
    if (const int error = verdict(false); error != 0) {
        errno = error;
        return -1;
    }
    return next<int(const char*, mode_t)>("mkdir")(path, mode);
}

int unlink(const char* path) noexcept {
    note("unlink", path);
    if (const int error = verdict(false); error != 0) {
        errno = error;
        return -1;
    }
    return next<int(const char*)>("unlink")(path);
}
}

// NOLINTEND(misc-include-cleaner)

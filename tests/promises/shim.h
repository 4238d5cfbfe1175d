// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <dlfcn.h>
#include <fcntl.h>

#include <cstdlib>
#include <cstring>

// What all preloaded shims need: the call that they stand before, and the plan in the environment.

// NOLINTBEGIN(misc-include-cleaner): POSIX has in other headers what the system has in these.

namespace shim {

template <typename Function> Function* next(const char* name) {
    return reinterpret_cast<Function*>(::dlsym(RTLD_NEXT, name));
}

// The N of "fault:N"; 0 without one.
inline long number_behind_colon(const char* fault) {
    const char* colon = std::strchr(fault, ':');
    return colon == nullptr ? 0 : std::atol(colon + 1);
}

// A descriptor of the file that SHIM_LOG names; -1 if it names none.
inline int open_log() {
    const char* log = std::getenv("SHIM_LOG");
    return log == nullptr ? -1
                          : next<int(const char*, int, ...)>("open")(
                                log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
}

}  // namespace shim

// NOLINTEND(misc-include-cleaner)

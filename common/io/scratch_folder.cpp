// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/io/scratch_folder.h"

#include "common/base/result.h"
#include "common/io/file.h"
#include "common/io/scratch_file.h"

#include <stdlib.h>  // mkdtemp is POSIX's

#include <cerrno>
#include <filesystem>
#include <string>
#include <system_error>
#include <utility>

namespace smallprint {

Result<ScratchFolder> ScratchFolder::create() {
    std::string name = (scratch_place() / "smallprint-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) {
        return system_failure("create a temporary folder in", scratch_place(), errno);
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

}  // namespace smallprint

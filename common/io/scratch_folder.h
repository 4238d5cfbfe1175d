// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/result.h"

#include <filesystem>
#include <utility>

namespace smallprint {

// A private folder where a ScratchFile would be, for libraries that want paths. It is removed with
// all that is in it at destruction; a program that is killed leaves it behind.
class ScratchFolder {
public:
    static Result<ScratchFolder> create();

    ScratchFolder(ScratchFolder&& other) noexcept;
    ScratchFolder& operator=(ScratchFolder&& other) noexcept;
    ScratchFolder(const ScratchFolder&) = delete;
    ScratchFolder& operator=(const ScratchFolder&) = delete;
    ~ScratchFolder();

    const std::filesystem::path& path() const { return m_path; }

private:
    explicit ScratchFolder(std::filesystem::path path) : m_path(std::move(path)) {}

    std::filesystem::path m_path;  // empty once moved from
};

}  // namespace smallprint

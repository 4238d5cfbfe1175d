// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/result.h"

#include <git2.h>

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

namespace smallprint {

// An object in a file of its own: zlib over "<type> <size>\0<bytes>". We read these ourselves:
// libgit2 1.5 copies what it unpacks first without asking whether the header left room for it.

struct GitObjectHeader {
    git_object_t type = GIT_OBJECT_INVALID;
    std::uint64_t size = 0;  // as it claims
};

// Nothing if there is no such file. Anything but a regular file is an error.
Result<std::optional<GitObjectHeader>> read_loose_header(const std::filesystem::path& path);

// The bytes, which have to be as many as the header says and to have zlib's checksum. Nothing if
// there is no such file.
Result<std::optional<std::string>> read_loose_object(const std::filesystem::path& path);

}  // namespace smallprint

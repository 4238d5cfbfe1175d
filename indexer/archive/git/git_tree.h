// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/result.h"

#include <git2.h>

#include <cstdint>
#include <string_view>
#include <vector>

namespace smallprint {

enum class GitEntryKind : std::uint8_t { file, folder, other };  // other: a link, a submodule

struct GitTreeEntry {
    std::string_view name;
    git_oid id = {};
    GitEntryKind kind = GitEntryKind::other;
};

// The entries of a folder in its order: "<mode in octal> <name>\0<20 bytes>" each, whatever the
// names say. They point into `bytes`. An error if it ends within an entry.
Result<std::vector<GitTreeEntry>> parse_tree(std::string_view bytes);

}  // namespace smallprint

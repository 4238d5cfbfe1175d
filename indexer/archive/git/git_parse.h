// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/result.h"
#include "common/model/date.h"

#include <git2.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace smallprint::archive {

// Holds what we need of a commit, read from its bytes: libgit2 gives nothing of a commit whose
// author or date it cannot read, and a history would end there.
struct GitCommit {
    git_oid tree = {};
    std::optional<git_oid> first_parent;
    // When it was authored, which archives set to when they captured the page. Where that is no
    // moment from 1990 to 2100, when it was committed; where neither is, unknown.
    std::optional<CaptureTime> captured;
    std::string message;  // valid UTF-8
};

// Nothing for bytes that name no tree.
std::optional<GitCommit> parse_commit(std::string_view bytes);

enum class GitEntryKind : std::uint8_t { file, folder, other };  // other: a link, a submodule

struct GitTreeEntry {
    std::string_view name;
    git_oid id = {};
    GitEntryKind kind = GitEntryKind::other;
};

// The entries of a folder in its order: "<mode in octal> <name>\0<20 bytes>" each, whatever the
// names say. They point into `bytes`. An error if it ends within an entry.
Result<std::vector<GitTreeEntry>> parse_tree(std::string_view bytes);

}  // namespace smallprint::archive

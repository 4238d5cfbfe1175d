// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/owned.h"
#include "common/base/result.h"

#include <git2.h>

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace smallprint::archive {

// libgit2's objects with owners, and its errors as ours.

using GitRepository = Owned<git_repository, git_repository_free>;
using GitReference = Owned<git_reference, git_reference_free>;

// Says whose repositories are read. Git refuses those of others, since their settings can make it
// run programs; we run none, but follow where they point for objects.
enum class OwnerTrust : std::uint8_t { own, anyone };

// "cannot <action>: <what libgit2 says>".
Failure git_failure(std::string_view action);

// Sets libgit2 up, once; it then reads objects without hashing them (see GitObjectStore).
void set_up_libgit2();

// Opens the repository in this very folder, bare or not, or a worktree. One of somebody else is an
// error that says so, unless anyone is trusted. Safe to call from any thread.
Result<GitRepository> open_repository(const std::filesystem::path& folder,
                                      OwnerTrust trust = OwnerTrust::own);

std::string to_hex(const git_oid& id);

}  // namespace smallprint::archive

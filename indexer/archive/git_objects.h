// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/result.h"

#include <git2.h>

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace smallprint {

// libgit2's objects with owners, and its errors as ours.

template <auto Free> struct GitFree {
    template <typename T> void operator()(T* object) const { Free(object); }
};

using GitRepository = std::unique_ptr<git_repository, GitFree<git_repository_free>>;
using GitCommit = std::unique_ptr<git_commit, GitFree<git_commit_free>>;
using GitTree = std::unique_ptr<git_tree, GitFree<git_tree_free>>;
using GitBlob = std::unique_ptr<git_blob, GitFree<git_blob_free>>;
using GitOdb = std::unique_ptr<git_odb, GitFree<git_odb_free>>;
using GitReference = std::unique_ptr<git_reference, GitFree<git_reference_free>>;

// "cannot <action>: <what libgit2 says>".
Failure git_failure(std::string_view action);

// Opens the repository in this very folder, bare or not. A repository of somebody else, which git
// and libgit2 refuse by default, is an error that says so.
Result<GitRepository> open_repository(const std::filesystem::path& folder);

std::string to_hex(const git_oid& id);

}  // namespace smallprint

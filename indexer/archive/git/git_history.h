// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/result.h"
#include "common/model/date.h"
#include "common/model/listing.h"
#include "indexer/archive/git/git_object_store.h"

#include <git2.h>

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace smallprint::archive {

// One file as a commit left it: added or changed against the commit's first parent.
struct GitVersion {
    std::string path;  // as it stands in the tree; never to be opened
    git_oid blob = {};
    std::size_t commit = 0;  // index into GitHistory::commits
};

struct GitCommitFacts {
    std::string id;  // hexadecimal
    std::optional<CaptureTime> captured;
    std::string message;
};

// A commit that removes a file gives no version of it: that says that the archive no longer keeps
// the policy, or keeps it under another name, and not what the vendor published. Its clauses end
// with the last version that there was; a file that comes back goes on with the same policy.
struct GitHistory {
    std::vector<GitCommitFacts> commits;   // oldest first, whatever their dates
    std::vector<GitVersion> versions;      // in the order of the commits, then by path
    std::vector<GitVersion> declarations;  // of declarations/Service.json, in the same order
    SkippedItems skipped;                  // what the history could not give
};

// The versions of all text files and pages along HEAD's first parents. Other branches would count
// the same text twice: what was merged came with its merge. Where HEAD names no commit, `main`,
// `master` or the only branch stands for it. Reads trees, no blobs. Where the history breaks off (a
// shallow clone, a damaged object), what is newer is given and the place noted.
Result<GitHistory> read_history(git_repository& repository, const GitObjectStore& objects);

}  // namespace smallprint::archive

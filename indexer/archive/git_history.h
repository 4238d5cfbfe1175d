// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/result.h"
#include "common/model/date.h"
#include "common/model/listing.h"
#include "indexer/archive/git_objects.h"

#include <git2.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace smallprint {

// One file as a commit left it: added or changed against the commit's first parent.
struct GitVersion {
    std::string path;
    git_oid blob = {};
    std::size_t commit = 0;  // index into GitHistory::commits
};

struct GitCommitFacts {
    std::string id;  // hexadecimal
    CaptureTime authored;
    std::string message;
};

struct GitHistory {
    std::vector<GitCommitFacts> commits;  // oldest first
    std::vector<GitVersion> versions;     // in the order of the commits, then by path
    std::vector<Skipped> skipped;         // what the history could not give
};

// The versions of all text files along HEAD's first parents. Other branches would count the same
// text twice: what was merged came with its merge. Reads trees, no blobs. Where the history breaks
// off (a shallow clone, a damaged object), what is newer is given and the place noted.
Result<GitHistory> read_history(git_repository& repository);

}  // namespace smallprint

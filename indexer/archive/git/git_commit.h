// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/model/date.h"

#include <git2.h>

#include <optional>
#include <string>
#include <string_view>

namespace smallprint {

// What we need of a commit, read from its bytes: libgit2 gives nothing of a commit whose author or
// date it cannot read, and a history would end there.
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

}  // namespace smallprint

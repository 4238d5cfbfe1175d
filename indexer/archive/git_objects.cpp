// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/archive/git_objects.h"

#include "common/base/error.h"
#include "common/base/result.h"

#include <fmt/format.h>

#include <git2.h>

#include <filesystem>
#include <string>
#include <string_view>

namespace smallprint {
namespace {

// libgit2 counts its users; it stays set up until the program ends.
void set_up_once() {
    static const int users = git_libgit2_init();
    (void)users;
}

}  // namespace

Failure git_failure(std::string_view action) {
    const git_error* error = git_error_last();
    return fail(ErrorCode::input, fmt::format("cannot {}: {}", action,
                                              error == nullptr || error->message == nullptr
                                                  ? "unknown error of the git repository"
                                                  : error->message));
}

Result<GitRepository> open_repository(const std::filesystem::path& folder) {
    set_up_once();
    git_repository* opened = nullptr;
    const int status =
        git_repository_open_ext(&opened, folder.c_str(), GIT_REPOSITORY_OPEN_NO_SEARCH, nullptr);
    if (status == GIT_EOWNER ||
        (status != 0 && git_error_last() != nullptr &&
         std::string_view(git_error_last()->message).find("safe.directory") !=
             std::string_view::npos)) {
        return fail(ErrorCode::input,
                    fmt::format("the git repository '{}' belongs to another user", folder.string()),
                    fmt::format("if you trust it: git config --global --add safe.directory {}",
                                std::filesystem::absolute(folder).string()));
    }
    if (status != 0) {
        return git_failure(fmt::format("open the git repository '{}'", folder.string()));
    }
    return GitRepository(opened);
}

std::string to_hex(const git_oid& id) {
    std::string hex(GIT_OID_HEXSZ, '\0');
    git_oid_fmt(hex.data(), &id);
    return hex;
}

}  // namespace smallprint

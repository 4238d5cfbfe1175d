// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/archive/git/git_objects.h"

#include "common/base/error.h"
#include "common/base/result.h"

#include <fmt/format.h>

#include <git2.h>

#include <array>
#include <filesystem>
#include <mutex>
#include <string>
#include <string_view>

namespace smallprint::archive {
namespace {

// Settings of a repository that say nothing of how its objects are read. Where one means that
// objects are missing (a partial clone), those are listed.
constexpr std::array<const char*, 4> k_extensions = {"worktreeconfig", "partialclone",
                                                     "preciousobjects", "relativeworktrees"};

// The check of who owns a repository is a setting of the whole process; it stands for one opening
// at a time.
int open_as(git_repository** opened, const std::filesystem::path& folder, OwnerTrust trust) {
    static std::mutex mutex;
    const std::lock_guard lock(mutex);
    git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, trust == OwnerTrust::own ? 1 : 0);
    return git_repository_open_ext(opened, folder.c_str(), GIT_REPOSITORY_OPEN_NO_SEARCH, nullptr);
}

// libgit2 looks for an exception in the user's settings, and may say only that it found none.
bool is_about_owner(int status) {
    const git_error* error = git_error_last();
    return status == GIT_EOWNER ||
           (status != 0 && error != nullptr && error->message != nullptr &&
            std::string_view(error->message).find("safe.directory") != std::string_view::npos);
}

}  // namespace

Failure git_failure(std::string_view action) {
    const git_error* error = git_error_last();
    return fail(ErrorCode::input, fmt::format("cannot {}: {}", action,
                                              error == nullptr || error->message == nullptr
                                                  ? "unknown error of the git repository"
                                                  : error->message));
}

void set_up_libgit2() {
    // It counts its users and stays set up until the program ends.
    static const int users = [] {
        const int count = git_libgit2_init();
        git_libgit2_opts(GIT_OPT_ENABLE_STRICT_HASH_VERIFICATION, 0);
        git_libgit2_opts(GIT_OPT_ENABLE_CACHING, 0);  // we ask for nothing twice
        git_libgit2_opts(GIT_OPT_SET_EXTENSIONS, k_extensions.data(), k_extensions.size());
        return count;
    }();
    (void)users;
}

Result<GitRepository> open_repository(const std::filesystem::path& folder, OwnerTrust trust) {
    set_up_libgit2();
    git_repository* opened = nullptr;
    const int status = open_as(&opened, folder, trust);
    if (is_about_owner(status)) {
        return fail(ErrorCode::input,
                    fmt::format("the git repository '{}' belongs to another user", folder.string()),
                    "--trust reads it all the same");
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

}  // namespace smallprint::archive

// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/archive/git/git_objects.h"

#include "common/base/error.h"
#include "common/base/result.h"
#include "common/base/strings.h"
#include "common/io/file.h"

#include <fmt/format.h>

#include <git2.h>

#include <array>
#include <cstddef>
#include <cstdlib>
#include <filesystem>
#include <mutex>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

namespace smallprint::archive {
namespace {

namespace fs = std::filesystem;

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

// libgit2 opens these files whatever they are, and would wait for ever at the other end of a pipe.
// Objects and packs are not among them: we read these ourselves.
class FolderCheck {
public:
    // `folder` as it was named: bare, or with a ".git" that may be a file.
    Result<void> check_repository(const fs::path& folder) {
        std::error_code error;
        const fs::path inner = folder / ".git";
        const fs::file_status status = io::examine(inner, error);
        if (!fs::exists(status) || fs::is_directory(status)) {
            return check_git_folder(fs::exists(status) ? inner : folder);
        }
        TRY_ASSIGN(const fs::path named, read_name(inner, "gitdir: "));
        return check_git_folder(folder / named);
    }

private:
    static constexpr int k_deepest = 16;         // folders and files that lead to others
    static constexpr std::size_t k_most = 4096;  // bytes, of a name
    static constexpr std::size_t k_most_settings = std::size_t{1} << 20U;  // bytes

    static Result<fs::path> read_name(const fs::path& file, std::string_view start) {
        TRY_ASSIGN(const std::string text, io::read_file(file, k_most));
        std::string_view name = trimmed(text, "\r\n");
        name.remove_prefix(name.starts_with(start) ? start.size() : 0);
        return fs::path(name);
    }

    Result<void> check_git_folder(const fs::path& folder) {
        if (++m_depth > k_deepest) {
            return {};
        }
        std::error_code error;
        for (fs::directory_iterator entry(folder, error), end; !error && entry != end;
             entry.increment(error)) {
            TRY(check_entry(entry->path()));
        }
        io::note_fault("read the folder", folder, error);
        for (const char* settings : {"config", "config.worktree"}) {
            TRY(check_settings(folder / settings));
        }
        if (fs::is_regular_file(io::examine(folder / "commondir", error))) {
            TRY_ASSIGN(const fs::path common, read_name(folder / "commondir", ""));
            TRY(check_git_folder(folder / common));
        }
        --m_depth;
        return {};
    }

    Result<void> check_entry(const fs::path& path) {
        std::error_code error;
        const fs::file_status status = io::examine(path, error);
        if (fs::is_directory(status)) {
            const fs::path name = path.filename();
            const bool is_read = m_in_references > 0 || name == "refs" || name == "info";
            return is_read ? check_references(path) : Result<void>();
        }
        if (fs::exists(status) && !fs::is_regular_file(status)) {
            return fail(ErrorCode::input,
                        fmt::format("'{}' in the git repository is no file", path.string()));
        }
        return {};
    }

    Result<void> check_references(const fs::path& folder) {
        if (m_in_references > k_deepest) {
            return fail(ErrorCode::limit, "references of the git repository nested too deep");
        }
        ++m_in_references;
        std::error_code error;
        for (fs::directory_iterator entry(folder, error), end; !error && entry != end;
             entry.increment(error)) {
            TRY(check_entry(entry->path()));
        }
        io::note_fault("read the folder", folder, error);
        --m_in_references;
        return {};
    }

    // Settings may include others, by a line "path = name".
    Result<void> check_settings(const fs::path& file) {
        std::error_code error;
        if (++m_depth > k_deepest || !fs::is_regular_file(io::examine(file, error))) {
            --m_depth;
            return {};
        }
        TRY_ASSIGN(const std::string text, io::read_file(file, k_most_settings));
        for (std::string_view rest = text; !rest.empty();) {
            const std::string_view line = trimmed(cut_until(rest, '\n'), " \t\r");
            const std::size_t equals = line.find('=');
            if (equals == line.npos ||
                lower_ascii(trimmed(line.substr(0, equals), " \t")) != "path") {
                continue;
            }
            const fs::path included =
                file.parent_path() / at_home(trimmed(line.substr(equals + 1), " \t\""));
            TRY(check_entry(included));
            TRY(check_settings(included));
        }
        --m_depth;
        return {};
    }

    // "~/name" lies in the user's folder.
    static fs::path at_home(std::string_view path) {
        const char* home = std::getenv("HOME");  // NOLINT(concurrency-mt-unsafe): nobody sets it
        return path.starts_with("~/") && home != nullptr ? fs::path(home) / path.substr(2)
                                                         : fs::path(path);
    }

    int m_depth = 0;
    int m_in_references = 0;
};

}  // namespace

Failure git_failure(std::string_view action) {
    const git_error* error = git_error_last();
    const std::string_view reason = error == nullptr || error->message == nullptr
                                        ? "unknown error of the git repository"
                                        : error->message;
    std::string message = fmt::format("cannot {}: {}", action, reason);
    // What the system said stands at the end; errno may have been overwritten since.
    if (error != nullptr && (error->klass == GIT_ERROR_NOMEMORY ||
                             (error->klass == GIT_ERROR_OS && io::tells_of_fault(reason)))) {
        return io::keep_fault({ErrorCode::machine, std::move(message)});
    }
    return fail(ErrorCode::input, std::move(message));
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
    TRY(FolderCheck().check_repository(folder));
    set_up_libgit2();
    git_repository* opened = nullptr;
    int status = open_as(&opened, folder, trust);
    // libgit2 takes a file that the system fails to tell of for one that is not there. We look
    // again, and keep such a fault; what can be opened then was sound all along.
    if (status != 0 && !is_about_owner(status)) {
        TRY(FolderCheck().check_repository(folder));
        status = open_as(&opened, folder, trust);
    }
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

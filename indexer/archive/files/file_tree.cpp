// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/archive/files/file_tree.h"

#include "common/base/error.h"
#include "common/base/hash.h"
#include "common/base/result.h"
#include "common/io/file.h"
#include "common/model/listing.h"
#include "common/text/utf8.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>
#include <system_error>

namespace smallprint::archive {
namespace {

namespace fs = std::filesystem;

bool has(const fs::path& folder, const char* name) {
    std::error_code error;
    return fs::exists(io::examine(folder / name, error));
}

// Only an index of ours has these side by side, be it published or still in the making.
bool is_index(const fs::path& folder) {
    return has(folder, "lock") && (has(folder, "CURRENT") || has(folder, ".building"));
}

std::string relative_place(const fs::path& path, const fs::path& root) {
    return text::repaired_utf8(path.lexically_relative(root).generic_string());
}

Result<fs::file_status> look_at(const fs::path& source) {
    std::error_code error;
    const fs::file_status status = io::examine(source, error);
    if (status.type() == fs::file_type::none) {
        return fail(ErrorCode::input,
                    fmt::format("cannot look at '{}': {}", source.string(), error.message()));
    }
    if (!fs::exists(status)) {
        return fail(ErrorCode::input, fmt::format("there is no '{}'", source.string()),
                    "name a folder or file with policies");
    }
    if (!fs::is_regular_file(status) && !fs::is_directory(status)) {
        return fail(ErrorCode::input,
                    fmt::format("'{}' is neither a file nor a folder", source.string()));
    }
    return status;
}

// True of a link that leads out of the folder: it could carry anything that the user may read into
// the index.
bool leads_out(const fs::path& path, const fs::path& root) {
    std::error_code error;
    const bool is_link = fs::is_symlink(path, error);
    io::note_fault("look at", path, error);
    if (!is_link) {
        return false;
    }
    const fs::path target = fs::canonical(path, error);
    io::note_fault("look at", path, error);
    return error || std::ranges::mismatch(root, target).in1 != root.end();
}

}  // namespace

bool is_repository(const fs::path& folder) {
    return has(folder, ".git") ||
           (has(folder, "HEAD") && has(folder, "objects") && has(folder, "refs"));
}

Result<std::shared_ptr<const FolderTree>> FolderTree::open(const fs::path& source) {
    TRY_ASSIGN(const fs::file_status status, look_at(source));
    std::shared_ptr<FolderTree> tree(new FolderTree());
    if (fs::is_regular_file(status)) {
        std::error_code error;
        tree->m_paths.push_back(source);
        tree->m_files.push_back(
            {text::repaired_utf8(source.filename().string()), fs::file_size(source, error)});
        io::note_fault("look at", source, error);
        const auto modified = fs::last_write_time(source, error).time_since_epoch().count();
        io::note_fault("look at", source, error);
        tree->m_fingerprint = hash64(fmt::format("{} {}", tree->m_files[0].size, modified));
        return tree;
    }
    if (is_repository(source)) {
        tree->m_repositories.push_back(source);
        return tree;
    }
    TRY_ASSIGN(const io::FileWalk found, io::walk(source, [&](const fs::path& folder) {
                   if (is_repository(folder)) {
                       tree->m_repositories.push_back(folder);
                       return false;
                   }
                   if (is_index(folder)) {
                       tree->m_skipped.push_back({relative_place(folder, source),
                                                  "an index of smallprint's own", SkipKind::aside});
                       return false;
                   }
                   return true;
               }));
    for (const io::Unreadable& entry : found.unreadable) {
        tree->m_skipped.push_back({relative_place(entry.path, source), entry.reason});
    }
    std::error_code error;
    const fs::path root = fs::canonical(source, error);
    io::note_fault("look at", source, error);
    for (const io::FileEntry& file : found.files) {
        if (leads_out(file.path, root)) {
            tree->m_skipped.push_back({relative_place(file.path, source),
                                       "symbolic link out of the archive, not followed"});
            continue;
        }
        tree->m_paths.push_back(file.path);
        tree->m_files.push_back({relative_place(file.path, source), file.size});
        tree->m_fingerprint =
            hash64(fmt::format("{} {} {}", tree->m_files.back().path, file.size, file.modified),
                   tree->m_fingerprint);
    }
    std::ranges::sort(tree->m_repositories);
    return tree;
}

Result<io::FileBytes> FolderTree::open(std::size_t file) const {
    return io::FileBytes::open(m_paths[file]);
}

}  // namespace smallprint::archive

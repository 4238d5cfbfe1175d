// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/archive/git/git_object_store.h"

#include "common/base/error.h"
#include "common/base/result.h"
#include "common/base/strings.h"
#include "common/io/file.h"
#include "common/text/utf8.h"
#include "indexer/archive/git/git_loose_object.h"
#include "indexer/archive/git/git_objects.h"
#include "indexer/archive/git/git_pack_index.h"
#include "indexer/archive/limits.h"

#include <fmt/format.h>

#include <git2.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

namespace smallprint {
namespace {

namespace fs = std::filesystem;

using GitObject = std::unique_ptr<git_odb_object, GitFree<git_odb_object_free>>;

constexpr int k_deepest_alternate = 5;  // as git
constexpr std::size_t k_largest_alternates = std::size_t{64} << 10U;

fs::path loose_path(const fs::path& folder, const git_oid& id) {
    const std::string name = to_hex(id);
    return folder / name.substr(0, 2) / name.substr(2);
}

std::vector<fs::path> pack_indexes(const fs::path& folder) {
    std::vector<fs::path> found;
    std::error_code error;
    for (fs::directory_iterator file(folder / "pack", error), end; !error && file != end;
         file.increment(error)) {
        if (file->path().extension() == ".idx") {
            found.push_back(file->path());
        }
    }
    std::ranges::sort(found);  // the same everywhere
    return found;
}

Failure missing(const git_oid& id) {
    return fail(ErrorCode::input, fmt::format("the object {} is missing", to_hex(id)));
}

}  // namespace

Result<GitObjectStore> GitObjectStore::open(git_repository& repository) {
    GitObjectStore store;
    git_odb* made = nullptr;
    if (git_odb_new(&made) != 0) {
        return git_failure("open the objects of the git repository");
    }
    store.m_packs.reset(made);
    store.add_folder(fs::path(git_repository_commondir(&repository)) / "objects", 0);
    return store;
}

void GitObjectStore::add_folder(const fs::path& folder, int depth) {
    std::error_code error;
    const fs::path whole = fs::canonical(folder, error);
    if (error || !fs::is_directory(whole, error)) {
        m_skipped.push_back({repaired_utf8(folder.string()), "no folder of git objects"});
        return;
    }
    if (depth > k_deepest_alternate || !m_seen.insert(whole).second) {
        return;
    }
    m_folders.push_back(whole);
    for (const fs::path& index : pack_indexes(whole)) {
        add_pack(index);
    }
    const fs::path list = whole / "info" / "alternates";
    if (!fs::is_regular_file(list, error)) {
        return;
    }
    const std::string lines = read_file(list, k_largest_alternates).value_or("");
    for (std::string_view rest = lines; !rest.empty();) {
        if (const std::string_view line = cut_until(rest, '\n');
            !line.empty() && !line.starts_with('#')) {
            add_folder(whole / line, depth + 1);
        }
    }
}

void GitObjectStore::add_pack(const fs::path& index) {
    const auto check = [&]() -> Result<void> {
        std::error_code error;
        const fs::path pack = fs::path(index).replace_extension(".pack");
        if (!fs::is_regular_file(index, error) || !fs::is_regular_file(pack, error)) {
            return fail(ErrorCode::input, "its pack or index is not a file");
        }
        TRY_ASSIGN(const std::string bytes, read_file(index));
        TRY(check_pack_index(bytes, fs::file_size(pack, error)));
        git_odb_backend* backend = nullptr;
        if (git_odb_backend_one_pack(&backend, index.c_str()) != 0 ||
            git_odb_add_backend(m_packs.get(), backend, 1) != 0) {
            return git_failure("open it");
        }
        return {};
    };
    if (const auto checked = check(); !checked) {
        m_skipped.push_back({repaired_utf8(index.filename().string()), checked.error().message});
    }
}

Result<GitObjectHeader> GitObjectStore::header_of(const git_oid& id) const {
    std::size_t size = 0;
    GitObjectHeader header;
    const int status = git_odb_read_header(&size, &header.type, m_packs.get(), &id);
    if (status == 0) {
        header.size = size;
        return header;
    }
    Failure failure = status == GIT_ENOTFOUND
                          ? missing(id)
                          : git_failure(fmt::format("read the object {}", to_hex(id)));
    for (const fs::path& folder : m_folders) {
        TRY_ASSIGN(const auto found, read_loose_header(loose_path(folder, id)));
        if (found) {
            return *found;
        }
    }
    return failure;
}

Result<std::uint64_t> GitObjectStore::size_of(const git_oid& id, git_object_t type) const {
    TRY_ASSIGN(const GitObjectHeader header, header_of(id));
    if (header.type != type) {
        return fail(ErrorCode::input,
                    fmt::format("the object {} is not a {} but a {}", to_hex(id),
                                git_object_type2string(type), git_object_type2string(header.type)));
    }
    return header.size;
}

Result<std::string> GitObjectStore::read(const git_oid& id, git_object_t type) const {
    TRY_ASSIGN(const std::uint64_t size, size_of(id, type));
    if (size > k_largest_text) {
        return fail(ErrorCode::limit,
                    fmt::format("{} bytes, over the limit of {}", size, k_largest_text));
    }
    git_odb_object* found = nullptr;
    const int status = git_odb_read(&found, m_packs.get(), &id);
    if (status == 0) {
        const GitObject object(found);
        return std::string(static_cast<const char*>(git_odb_object_data(object.get())),
                           git_odb_object_size(object.get()));
    }
    Failure failure = git_failure(fmt::format("read the object {}", to_hex(id)));
    for (const fs::path& folder : m_folders) {
        TRY_ASSIGN(auto bytes, read_loose_object(loose_path(folder, id)));
        if (bytes) {
            return std::move(*bytes);
        }
    }
    return failure;
}

}  // namespace smallprint

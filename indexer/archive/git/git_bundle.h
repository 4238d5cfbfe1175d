// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/result.h"
#include "common/io/file.h"
#include "common/io/scratch.h"

#include <git2.h>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace smallprint::archive {

// A git bundle: a repository in one file (https://git-scm.com/docs/gitformat-bundle).
//
//   bundle     = signature, capability*, prerequisite*, reference*, "\n", pack
//   signature  = "# v2 git bundle\n" | "# v3 git bundle\n"
//   capability = "@" key ["=" value] "\n"           only in v3
//   prerequisite = "-" oid [" " comment] "\n"       a commit that the reader has to have already
//   reference  = oid " " name "\n"

// By its first bytes.
bool is_git_bundle(std::string_view head);

struct BundleReference {
    git_oid id = {};
    std::string name;
};

struct BundleHeader {
    std::size_t prerequisites = 0;
    std::vector<BundleReference> references;
    std::uint64_t size = 0;  // bytes up to the pack

    // HEAD, else main, master, or the only branch there is.
    std::optional<git_oid> newest_commit() const;
};

Result<BundleHeader> read_bundle_header(const io::FileBytes& bundle);

// A bundle unpacked into a private bare repository, which vanishes with it. The pack is indexed,
// which proves every object in it; of the references only the newest commit is kept, as a detached
// HEAD, so that no name of the bundle becomes a file.
class BundleRepository {
public:
    // A bundle that needs commits it does not hold is an error, and one that is damaged anywhere.
    static Result<BundleRepository> unpack(const io::FileBytes& bundle);

    const std::filesystem::path& folder() const { return m_folder.path(); }

private:
    explicit BundleRepository(io::ScratchFolder folder) : m_folder(std::move(folder)) {}

    io::ScratchFolder m_folder;
};

}  // namespace smallprint::archive

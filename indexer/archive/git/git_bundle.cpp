// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/archive/git/git_bundle.h"

#include "common/base/error.h"
#include "common/base/owned.h"
#include "common/base/result.h"
#include "common/io/file.h"
#include "common/io/scratch.h"
#include "indexer/archive/git/git_objects.h"

#include <fmt/format.h>

#include <git2.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

namespace smallprint::archive {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 2> k_signatures = {"# v2 git bundle\n", "# v3 git bundle\n"};
constexpr std::string_view k_branch = "refs/heads/";
constexpr std::size_t k_largest_header = std::size_t{16} << 20U;
constexpr std::size_t k_chunk = std::size_t{1} << 20U;

using Indexer = Owned<git_indexer, git_indexer_free>;

Failure bad_header(std::size_t line, std::string_view what) {
    return fail(ErrorCode::input,
                fmt::format("line {} of the git bundle's header {}", line + 1, what));
}

Result<void> check_capability(std::string_view line, std::size_t number) {
    if (line == "object-format=sha1" || line.starts_with("filter=")) {
        return {};
    }
    if (line.starts_with("object-format=")) {
        return bad_header(number, "asks for another hash than SHA-1, which is not supported");
    }
    return bad_header(number, "asks for a capability that is not known");
}

// A line "<oid>[ <rest>]".
Result<BundleReference> parse_reference(std::string_view line, std::size_t number) {
    BundleReference reference;
    const std::string_view hex = line.substr(0, GIT_OID_HEXSZ);
    if (hex.size() < GIT_OID_HEXSZ ||
        git_oid_fromstrn(&reference.id, hex.data(), hex.size()) != 0 ||
        (line.size() > hex.size() && line[hex.size()] != ' ')) {
        return bad_header(number, "is damaged");
    }
    reference.name = line.substr(std::min(hex.size() + 1, line.size()));
    return reference;
}

Result<void> parse_line(std::string_view line, std::size_t number, BundleHeader& header) {
    if (line.starts_with('@')) {
        return check_capability(line.substr(1), number);
    }
    if (line.starts_with('-')) {
        ++header.prerequisites;
        TRY(parse_reference(line.substr(1), number));
        return {};
    }
    TRY_ASSIGN(BundleReference reference, parse_reference(line, number));
    if (reference.name.empty()) {
        return bad_header(number, "names no reference");
    }
    header.references.push_back(std::move(reference));
    return {};
}

// The bytes of the header, with the blank line.
Result<std::string> header_bytes(const io::FileBytes& bundle) {
    std::string bytes;
    while (bytes.size() < k_largest_header) {
        TRY_ASSIGN(const std::string chunk, bundle.read(bytes.size(), k_chunk));
        const std::size_t seam = bytes.empty() ? 0 : bytes.size() - 1;
        bytes += chunk;
        if (bytes.size() >= k_signatures[0].size() && !is_git_bundle(bytes)) {
            return fail(ErrorCode::input, "not a git bundle of version 2 or 3");
        }
        if (const std::size_t end = bytes.find("\n\n", seam); end != std::string::npos) {
            bytes.resize(end + 2);
            return bytes;
        }
        if (chunk.empty()) {
            return fail(ErrorCode::input, "the git bundle ends within its header");
        }
    }
    return fail(ErrorCode::limit,
                fmt::format("the git bundle's header is over {} bytes", k_largest_header));
}

Result<void> check_header(const BundleHeader& header) {
    if (header.prerequisites > 0) {
        return fail(ErrorCode::input,
                    fmt::format("the git bundle needs {} commits that it does not hold",
                                header.prerequisites),
                    "clone it into the repository it was made from");
    }
    if (!header.newest_commit()) {
        return fail(ErrorCode::input, "the git bundle has no HEAD and no main branch",
                    "clone it and check out the branch to be read");
    }
    return {};
}

// libgit2 writes through a mapping, where a full disk would end the program.
Result<void> check_space(const fs::path& folder, std::uint64_t pack) {
    std::error_code error;
    const fs::space_info space = fs::space(folder, error);
    if (!error && space.available < pack + pack / 2 + k_chunk) {
        return io::keep_fault({ErrorCode::no_space,
                               fmt::format("no room in '{}' to unpack a git bundle of {} bytes",
                                           folder.parent_path().string(), pack),
                               "let TMPDIR name a folder with more"});
    }
    return {};
}

// Writes the pack and its index, which hashes every object.
Result<void> index_pack(const io::FileBytes& pack, const fs::path& folder) {
    git_indexer* made = nullptr;
    git_indexer_options options = {};
    git_indexer_options_init(&options, GIT_INDEXER_OPTIONS_VERSION);
    if (git_indexer_new(&made, folder.c_str(), 0, nullptr, &options) != 0) {
        return git_failure("unpack the git bundle");
    }
    const Indexer indexer(made);
    git_indexer_progress progress = {};
    for (std::uint64_t offset = 0; offset < pack.size(); offset += k_chunk) {
        TRY_ASSIGN(const std::string bytes, pack.read(offset, k_chunk));
        if (git_indexer_append(indexer.get(), bytes.data(), bytes.size(), &progress) != 0) {
            return git_failure("unpack the git bundle, it is damaged");
        }
    }
    // Objects are counted as they arrive; libgit2 waits for the missing ones in the last step.
    if (progress.total_objects == 0 || progress.received_objects < progress.total_objects) {
        return fail(ErrorCode::input,
                    fmt::format("the git bundle is cut off after {} of {} objects",
                                progress.received_objects, progress.total_objects));
    }
    if (git_indexer_commit(indexer.get(), &progress) != 0) {
        return git_failure("unpack the git bundle, it is damaged");
    }
    return {};
}

Result<io::ScratchFolder> make_repository(const io::FileBytes& pack, const git_oid& newest) {
    TRY_ASSIGN(io::ScratchFolder folder, io::ScratchFolder::create());
    TRY(check_space(folder.path(), pack.size()));
    git_repository* made = nullptr;
    if (git_repository_init(&made, folder.path().c_str(), 1) != 0) {
        return git_failure("unpack the git bundle");
    }
    const GitRepository repository(made);
    TRY(index_pack(pack, folder.path() / "objects" / "pack"));
    if (git_repository_set_head_detached(repository.get(), &newest) != 0) {
        return git_failure("read the newest commit of the git bundle");
    }
    return folder;
}

}  // namespace

bool is_git_bundle(std::string_view head) {
    return std::ranges::any_of(
        k_signatures, [&](std::string_view signature) { return head.starts_with(signature); });
}

std::optional<git_oid> BundleHeader::newest_commit() const {
    for (const std::string_view name : {"HEAD", "refs/heads/main", "refs/heads/master"}) {
        const auto found = std::ranges::find(references, name, &BundleReference::name);
        if (found != references.end()) {
            return found->id;
        }
    }
    const auto is_branch = [](const BundleReference& reference) {
        return reference.name.starts_with(k_branch);
    };
    if (std::ranges::count_if(references, is_branch) != 1) {
        return std::nullopt;
    }
    return std::ranges::find_if(references, is_branch)->id;
}

Result<BundleHeader> read_bundle_header(const io::FileBytes& bundle) {
    TRY_ASSIGN(const std::string bytes, header_bytes(bundle));
    BundleHeader header;
    header.size = bytes.size();
    std::string_view rest = bytes;
    rest.remove_prefix(k_signatures[0].size());
    for (std::size_t number = 1; rest != "\n"; ++number) {
        const std::size_t end = rest.find('\n');
        TRY(parse_line(rest.substr(0, end), number, header));
        rest.remove_prefix(end + 1);
    }
    return header;
}

Result<BundleRepository> BundleRepository::unpack(const io::FileBytes& bundle) {
    set_up_libgit2();
    TRY_ASSIGN(const BundleHeader header, read_bundle_header(bundle));
    TRY(check_header(header));
    const io::FileBytes pack = bundle.part(header.size, bundle.size() - header.size);
    const git_oid newest = header.newest_commit().value_or(git_oid{});
    auto folder = make_repository(pack, newest);
    if (!folder && folder.error().code == ErrorCode::input) {
        // libgit2 does not always say that the system failed it. A bundle that is damaged is so
        // again.
        folder = make_repository(pack, newest);
    }
    TRY_ASSIGN(io::ScratchFolder unpacked, std::move(folder));
    return BundleRepository(std::move(unpacked));
}

}  // namespace smallprint::archive

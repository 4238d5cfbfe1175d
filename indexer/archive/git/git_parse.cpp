// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/archive/git/git_parse.h"

#include "common/base/error.h"
#include "common/base/result.h"
#include "common/base/strings.h"
#include "common/model/date.h"
#include "common/text/utf8.h"

#include <git2.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <system_error>
#include <vector>

namespace smallprint::archive {
namespace {

// Returns what stands behind `key` and a blank in a line of the header; nothing if that is another
// line.
std::optional<std::string_view> header_value(std::string_view key, std::string_view line) {
    if (!line.starts_with(key) || line.size() <= key.size() || line[key.size()] != ' ') {
        return std::nullopt;
    }
    return line.substr(key.size() + 1);
}

std::optional<git_oid> parse_id(std::string_view hex) {
    git_oid id = {};
    if (hex.size() != GIT_OID_HEXSZ || git_oid_fromstrn(&id, hex.data(), hex.size()) != 0) {
        return std::nullopt;
    }
    return id;
}

// Reads the time of "A. U. Thor <author@a.example> 1394539200 +0100".
std::optional<CaptureTime> parse_time(std::string_view signature) {
    const std::size_t name_end = signature.rfind("> ");
    if (name_end == std::string_view::npos) {
        return std::nullopt;
    }
    const std::string_view digits = signature.substr(name_end + 2);
    std::int64_t seconds = 0;
    const auto [end, error] =
        std::from_chars(digits.data(), digits.data() + digits.size(), seconds);
    const CaptureTime time{std::chrono::seconds(seconds)};
    return error == std::errc() && is_credible(time) ? std::optional(time) : std::nullopt;
}

constexpr unsigned k_type = 0170000;
constexpr unsigned k_folder = 0040000;
constexpr unsigned k_file = 0100000;

GitEntryKind entry_kind(unsigned mode) {
    switch (mode & k_type) {
    case k_folder:
        return GitEntryKind::folder;
    case k_file:
        return GitEntryKind::file;
    default:
        return GitEntryKind::other;
    }
}

}  // namespace

std::optional<GitCommit> parse_commit(std::string_view bytes) {
    GitCommit commit;
    std::optional<git_oid> tree;
    std::optional<CaptureTime> committed;
    while (!bytes.empty() && bytes.front() != '\n') {
        const std::string_view line = cut_until(bytes, '\n');
        if (const auto id = header_value("tree", line); id && !tree) {
            tree = parse_id(*id);
        } else if (const auto parent = header_value("parent", line);
                   parent && !commit.first_parent) {
            commit.first_parent = parse_id(*parent);
        } else if (const auto author = header_value("author", line); author && !commit.captured) {
            commit.captured = parse_time(*author);
        } else if (const auto committer = header_value("committer", line);
                   committer && !committed) {
            committed = parse_time(*committer);
        }
    }
    if (!tree) {
        return std::nullopt;
    }
    commit.tree = *tree;
    commit.captured = commit.captured ? commit.captured : committed;
    bytes.remove_prefix(std::min(bytes.find_first_not_of('\n'), bytes.size()));
    commit.message = text::repaired_utf8(bytes);
    return commit;
}

Result<std::vector<GitTreeEntry>> parse_tree(std::string_view bytes) {
    std::vector<GitTreeEntry> entries;
    while (!bytes.empty()) {
        unsigned mode = 0;
        const char* const begin = bytes.data();
        const auto [digits_end, error] = std::from_chars(begin, begin + bytes.size(), mode, 8);
        const auto blank = static_cast<std::size_t>(digits_end - begin);
        const std::size_t name_end = bytes.find('\0', blank);
        if (error != std::errc() || name_end == std::string_view::npos || bytes[blank] != ' ' ||
            bytes.size() - name_end - 1 < GIT_OID_RAWSZ) {
            return fail(ErrorCode::input, "the folder is damaged");
        }
        GitTreeEntry entry;
        entry.name = bytes.substr(blank + 1, name_end - blank - 1);
        entry.kind = entry_kind(mode);
        std::ranges::copy(bytes.substr(name_end + 1, GIT_OID_RAWSZ), entry.id.id);
        entries.push_back(entry);
        bytes.remove_prefix(name_end + 1 + GIT_OID_RAWSZ);
    }
    return entries;
}

}  // namespace smallprint::archive

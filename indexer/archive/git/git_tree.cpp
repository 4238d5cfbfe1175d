// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/archive/git/git_tree.h"

#include "common/base/error.h"
#include "common/base/result.h"

#include <git2.h>

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <string_view>
#include <system_error>
#include <vector>

namespace smallprint {
namespace {

constexpr unsigned k_type = 0170000;
constexpr unsigned k_folder = 0040000;
constexpr unsigned k_file = 0100000;

GitEntryKind kind_of(unsigned mode) {
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
        entry.kind = kind_of(mode);
        std::ranges::copy(bytes.substr(name_end + 1, GIT_OID_RAWSZ), entry.id.id);
        entries.push_back(entry);
        bytes.remove_prefix(name_end + 1 + GIT_OID_RAWSZ);
    }
    return entries;
}

}  // namespace smallprint

// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/archive/warc/wacz.h"

#include "common/base/error.h"
#include "common/base/result.h"
#include "common/base/strings.h"
#include "common/model/listing.h"
#include "indexer/archive/files/file_tree.h"
#include "indexer/archive/warc/warc_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace smallprint {
namespace {

bool is_warc_member(std::string_view path) {
    constexpr std::array<std::string_view, 3> k_endings = {".warc", ".warc.gz", ".warc.zst"};
    const std::string lower = lower_ascii(path);
    return lower.starts_with("archive/") &&
           std::ranges::any_of(k_endings, [&](auto ending) { return lower.ends_with(ending); });
}

}  // namespace

bool is_wacz(const FileTree& tree) {
    const auto& files = tree.files();
    return std::ranges::find(files, "datapackage.json", &TreeFile::path) != files.end() &&
           std::ranges::any_of(files, is_warc_member, &TreeFile::path);
}

WaczContents open_wacz(std::string_view name, const FileTree& tree) {
    WaczContents contents;
    for (const Skipped& skipped : tree.skipped()) {
        contents.skipped.push_back(
            {fmt::format("{}/{}", name, skipped.place), skipped.reason, skipped.kind});
    }
    for (std::size_t i = 0; i < tree.files().size(); ++i) {
        const TreeFile& file = tree.files()[i];
        std::string place = fmt::format("{}/{}", name, file.path);
        if (!is_warc_member(file.path)) {
            contents.skipped.push_back(
                {std::move(place), "describes the WACZ file", SkipKind::aside});
            continue;
        }
        auto bytes = tree.open(i);
        if (!bytes) {
            const bool is_limit = bytes.error().code == ErrorCode::limit;
            contents.skipped.push_back({std::move(place), bytes.error().message,
                                        is_limit ? SkipKind::limit : SkipKind::unreadable});
            continue;
        }
        contents.readers.push_back(
            std::make_unique<WarcReader>(std::move(place), std::move(*bytes)));
    }
    return contents;
}

}  // namespace smallprint

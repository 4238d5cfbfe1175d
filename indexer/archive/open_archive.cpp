// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/archive/open_archive.h"

#include "common/base/result.h"
#include "indexer/archive/archive_reader.h"
#include "indexer/archive/git_reader.h"
#include "indexer/archive/markdown_reader.h"

#include <filesystem>
#include <memory>
#include <system_error>

namespace smallprint {
namespace {

namespace fs = std::filesystem;

bool is_repository(const fs::path& folder) {
    std::error_code error;
    const auto has = [&](const char* name) { return fs::exists(folder / name, error); };
    return has(".git") || (has("HEAD") && has("objects") && has("refs"));
}

}  // namespace

Result<std::unique_ptr<ArchiveReader>> open_archive(const fs::path& source) {
    if (is_repository(source)) {
        return std::make_unique<GitReader>(source);
    }
    return std::make_unique<MarkdownReader>(source);
}

}  // namespace smallprint

// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/result.h"
#include "indexer/archive/archive_reader.h"

#include <filesystem>
#include <memory>

namespace smallprint {

// The reader for what stands at `source`, told by its content: a git repository, bare or not, or
// files of Markdown or plain text.
Result<std::unique_ptr<ArchiveReader>> open_archive(const std::filesystem::path& source);

}  // namespace smallprint

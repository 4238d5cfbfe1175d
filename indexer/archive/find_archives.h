// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/result.h"
#include "common/model/listing.h"
#include "indexer/archive/archive_reader.h"
#include "indexer/archive/reading_options.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace smallprint::archive {

struct FoundArchive {
    std::string place;   // relative to the source; its last part where it is the source itself
    std::string prefix;  // of the places that the reader tells, so that they are known from others
    ArchiveFormat format = ArchiveFormat::markdown;
    std::unique_ptr<ArchiveReader> reader;
};

struct FoundArchives {
    std::vector<FoundArchive> archives;
    std::vector<Skipped> skipped;   // files that are no archive and no snapshot
    std::uint64_t fingerprint = 0;  // another number when a file or its reading was changed
};

// Everything that can be indexed at `source`, a file or folder: repositories, files that hold many
// snapshots, and all files that are a snapshot each as one more archive. Formats are told by
// content; collections (tar, zip) are looked into. An error means that there is nothing to look at.
Result<FoundArchives> find_archives(const std::filesystem::path& source,
                                    const ReadingOptions& options);

}  // namespace smallprint::archive

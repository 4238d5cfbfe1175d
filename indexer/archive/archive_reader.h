// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/result.h"
#include "common/model/listing.h"

namespace smallprint::archive {

// The code for one archive format. A first, cheap pass lists the snapshots; their texts are read
// later, policy by policy, by several threads at once.
class ArchiveReader {
public:
    ArchiveReader() = default;
    virtual ~ArchiveReader() = default;
    ArchiveReader(const ArchiveReader&) = delete;
    ArchiveReader& operator=(const ArchiveReader&) = delete;
    ArchiveReader(ArchiveReader&&) = delete;
    ArchiveReader& operator=(ArchiveReader&&) = delete;

    // An error means that the archive as a whole cannot be read.
    virtual Result<Listing> list() = 0;

    // Safe to call from any thread.
    virtual Result<SourceText> read(const ListedSnapshot& snapshot) const = 0;
};

}  // namespace smallprint::archive

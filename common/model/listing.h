// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/model/snapshot.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace smallprint {

// Something of an archive that is not indexed, and why; nothing is left out without one.
struct Skipped {
    std::string place;
    std::string reason;
};

// A snapshot an archive holds, before its text is read.
struct ListedSnapshot {
    SnapshotFacts facts;
    std::string place;          // for people: file or record, relative to what the user named
    std::uint64_t locator = 0;  // for the reader that listed it
    std::uint64_t size = 0;     // bytes of text, as far as known without reading
    std::string opening;        // start of the text, where facts are missing that it may tell
};

// Offsets into a snapshot's source count from the start of `bytes`.
struct SourceText {
    std::string bytes;
    std::size_t begin = 0;  // what stands before is the archive's own, not the policy's
    // What only the source itself says; empty where the listing had it or nobody knows.
    std::string source_url;
    std::string archive_url;
};

struct Listing {
    std::vector<ListedSnapshot> snapshots;
    std::vector<Skipped> skipped;
};

}  // namespace smallprint

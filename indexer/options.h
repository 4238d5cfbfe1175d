// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/result.h"
#include "indexer/archive/reading_options.h"
#include "indexer/pipeline/pipeline.h"
#include "indexer/pipeline/strictness.h"

#include <filesystem>
#include <string>
#include <vector>

namespace smallprint {

struct IndexOptions {
    std::vector<std::filesystem::path> sources;
    std::filesystem::path index;
    unsigned threads = 1;
    Strictness strictness = Strictness::lenient;
    Existing existing = Existing::add_to;
    ReadingOptions reading;
    std::filesystem::path report;  // empty if none is wanted
    bool quiet = false;
    bool verbose = false;  // list everything that was skipped
    bool help = false;
    bool version = false;
};

Result<IndexOptions> parse_options(int argc, const char* const* argv);

std::string help_text();

}  // namespace smallprint

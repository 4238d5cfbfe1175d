// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/result.h"
#include "common/cli/options.h"
#include "indexer/pipeline/pipeline.h"

#include <filesystem>
#include <string>

namespace smallprint::indexer {

struct IndexOptions {
    pipeline::PipelineOptions run;  // without the time and the functions
    std::filesystem::path report;   // empty if none is wanted
    bool quiet = false;
    bool verbose = false;  // tell more of what was skipped
    bool help = false;     // asked for; the rest then is not checked
    bool version = false;  // the same
};

// A mistake is ErrorCode::usage and names the option.
Result<IndexOptions> parse_options(const cli::Arguments& arguments);

std::string help_text();

}  // namespace smallprint::indexer

// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/result.h"

#include <filesystem>
#include <string>
#include <vector>

namespace smallprint {

struct IndexOptions {
    std::vector<std::filesystem::path> sources;
    std::filesystem::path index;
    unsigned threads = 1;
    bool strict = false;
    bool quiet = false;
    bool verbose = false;  // list everything that was skipped
    bool help = false;
    bool version = false;
};

Result<IndexOptions> parse_options(int argc, const char* const* argv);

std::string help_text();

}  // namespace smallprint

// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "indexer/pipeline/pipeline.h"

#include <chrono>
#include <string>

namespace smallprint {

// What people read at the end of a run.
std::string summary_of(const PipelineReport& report, bool list_all_skipped,
                       std::chrono::duration<double> elapsed);

}  // namespace smallprint

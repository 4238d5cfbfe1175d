// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "indexer/pipeline/pipeline.h"

#include <chrono>
#include <string>

namespace smallprint {

// What --report writes: schemas/index-report.v1.schema.json. Accounts for every item of the
// archives.
std::string report_json(const PipelineReport& report, std::chrono::duration<double> elapsed);

}  // namespace smallprint

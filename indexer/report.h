// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "indexer/pipeline/pipeline.h"

#include <chrono>
#include <string>

namespace smallprint::indexer {

// A run that is done, for programs and for people.

// The file of --report: schemas/index-report.v1.schema.json. Accounts for every item of the
// archives.
std::string report_json(const pipeline::PipelineReport& report,
                        std::chrono::duration<double> elapsed);

// Some lines for the end of a run.
std::string summary_text(const pipeline::PipelineReport& report, bool list_all_skipped,
                         std::chrono::duration<double> elapsed);

}  // namespace smallprint::indexer

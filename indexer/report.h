// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "indexer/pipeline/pipeline.h"

#include <chrono>
#include <cstdint>
#include <string>

namespace smallprint::indexer {

// A run that is done, for programs and for people.

// The file of --report: schemas/index-report.v1.schema.json. Accounts for every item of the
// archives.
std::string report_json(const pipeline::PipelineReport& report,
                        std::chrono::duration<double> elapsed);

enum class Detail : std::uint8_t {
    usual,
    verbose,  // all reasons, and more examples of each
};

// Some lines for the end of a run. Skipped items are told by reason, faults first.
std::string summary_text(const pipeline::PipelineReport& report, Detail detail,
                         std::chrono::duration<double> elapsed);

}  // namespace smallprint::indexer

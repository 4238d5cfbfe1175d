// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/error.h"
#include "common/base/result.h"
#include "indexer/pipeline/pipeline.h"

#include <string>

namespace smallprint {

// ErrorCode::interrupted once the user has asked to stop. `next` says what the same command does
// then.
inline Result<void> check_not_stopped(const PipelineOptions& options, const char* next) {
    if (options.stop_requested && options.stop_requested()) {
        return fail(ErrorCode::interrupted, "stopped; the index is as it was before",
                    std::string("run the same command again to ") + next);
    }
    return {};
}

}  // namespace smallprint

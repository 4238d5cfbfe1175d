// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/result.h"
#include "searcher/cli/option_values.h"
#include "searcher/engine/engine.h"

namespace smallprint {

// The index that the command line names, with its --thesaurus where there is one. A mistake in that
// is ErrorCode::input, with the line.
Result<Engine> open_engine(const CommonOptions& options);

}  // namespace smallprint

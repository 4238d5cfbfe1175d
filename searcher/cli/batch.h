// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "searcher/cli/options.h"

namespace smallprint {

// `smallprint search --queries FILE`: answers one query after the other as jsonl, csv or trec, and
// returns the exit status. A line that cannot be answered is told of on stderr and counted.
int run_batch(const SearchOptions& options);

}  // namespace smallprint

// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/result.h"

#include <cstddef>
#include <functional>

namespace smallprint::pipeline {

// Does one piece of work, by its number.
using Worker = std::function<Result<void>(std::size_t)>;

// Does the pieces 0 to count-1, each once, on up to `threads` threads. Every thread makes a worker
// of its own and takes the next piece when it has done one, so none waits for another and nothing
// queues up. The first error stops all threads after the piece they are at and is returned.
Result<void> run_workers(unsigned threads, std::size_t count,
                         const std::function<Result<Worker>()>& make_worker);

}  // namespace smallprint::pipeline

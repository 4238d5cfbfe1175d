// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "searcher/cli/options.h"

namespace smallprint {

// `smallprint serve`. `arguments` are the words after its name; the exit status is returned.
int run_serve_command(const Arguments& arguments);

}  // namespace smallprint

// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "searcher/cli/options.h"

namespace smallprint {

// `smallprint diff`; the value is the exit status.
int run_diff_command(const Arguments& arguments);

}  // namespace smallprint

// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "searcher/cli/options.h"

namespace smallprint {

// `smallprint trend`; returns the exit status.
int run_trend_command(const Arguments& arguments);

}  // namespace smallprint

// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "searcher/cli/options.h"

namespace smallprint {

// `smallprint info`; the value is the exit status.
int run_info_command(const Arguments& arguments);

}  // namespace smallprint

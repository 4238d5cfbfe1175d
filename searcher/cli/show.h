// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "searcher/cli/options.h"

namespace smallprint {

// `smallprint show`; the value is the exit status.
int run_show_command(const Arguments& arguments);

}  // namespace smallprint

// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "searcher/cli/options.h"

namespace smallprint {

// `smallprint vendors`; the value is the exit status.
int run_vendors_command(const Arguments& arguments);

}  // namespace smallprint

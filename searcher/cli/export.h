// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "searcher/cli/options.h"

namespace smallprint {

// `smallprint export`; returns the exit status.
int run_export_command(const Arguments& arguments);

}  // namespace smallprint

// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "searcher/over_time/coverage.h"

#include <string>

namespace smallprint {

// vendor, type, half_year, snapshots: one row for each with snapshots, the half-year empty for
// those without a date. Safe to print to a terminal.
std::string vendors_csv(const Coverage& coverage);

}  // namespace smallprint

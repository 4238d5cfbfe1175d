// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "searcher/engine/coverage.h"
#include "searcher/present/page.h"
#include "searcher/present/text.h"

#include <string>

namespace smallprint {

// What an archive holds of whom and when.

// Each vendor with a strip of half-years, as fine as the width allows; then the half-years.
std::string vendors_text(const Coverage& coverage, Layout layout, Detail detail);

std::string vendors_json(const Coverage& coverage);  // smallprint.vendors.v1

// vendor, type, half_year, snapshots: one row for each with snapshots, the half-year empty for
// those without a date. Safe to print to a terminal.
std::string vendors_csv(const Coverage& coverage);

}  // namespace smallprint

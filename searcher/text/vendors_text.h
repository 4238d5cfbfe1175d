// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "searcher/over_time/coverage.h"
#include "searcher/text/page.h"
#include "searcher/text/text.h"

#include <string>

namespace smallprint {

// Each vendor with a strip of half-years, as fine as the width allows; then the half-years.
std::string vendors_text(const Coverage& coverage, Layout layout, Detail detail);

}  // namespace smallprint

// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "searcher/over_time/coverage.h"

#include <string>

namespace smallprint {

std::string vendors_json(const Coverage& coverage);  // smallprint.vendors.v1

}  // namespace smallprint

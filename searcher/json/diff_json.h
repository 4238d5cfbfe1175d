// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "searcher/diff/diff.h"

#include <string>

namespace smallprint {

// The same as JSON: schemas/diff.v1.schema.json.
std::string diff_json(const DiffResults& results);

}  // namespace smallprint

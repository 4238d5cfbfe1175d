// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "searcher/engine/results.h"

#include <string>

namespace smallprint {

// Clauses for other programs, a line each and without ranks. See json.h for the JSON of one.

// The names of the columns. Safe to print to a terminal, as the lines are.
std::string export_csv_head();
std::string export_csv_line(const Hit& hit);

}  // namespace smallprint

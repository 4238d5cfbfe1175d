// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "searcher/diff/diff.h"
#include "searcher/text/page.h"
#include "searcher/text/text.h"

#include <string>

namespace smallprint {

// What changed between two snapshots, for people: on a terminal in colours, else with [-removed-]
// and {+added+} words. Whole clauses have a sign beside every line: + - ~ reworded, > < moved.
std::string diff_text(const DiffResults& results, Layout layout, Detail detail);

}  // namespace smallprint

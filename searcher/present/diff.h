// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "searcher/engine/diff.h"
#include "searcher/present/page.h"
#include "searcher/present/text.h"

#include <string>

namespace smallprint {

// What changed between two snapshots, for people: on a terminal in colours, else with [-removed-]
// and {+added+} words. Whole clauses have a sign beside every line: + - ~ reworded, > < moved.
std::string diff_text(const DiffResults& results, Layout layout, Detail detail);

// The same as JSON: schemas/diff.v1.schema.json.
std::string diff_json(const DiffResults& results);

}  // namespace smallprint

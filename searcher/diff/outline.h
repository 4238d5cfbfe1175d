// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "searcher/index/clause_view.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace smallprint::diff {

// A heading and the clauses just under it, up to the next heading of any level. What stands before
// the first heading is a section without a path.
struct OutlineSection {
    std::vector<std::string> path;  // labels, outermost first
    std::vector<std::string> keys;  // the same, for comparing: see heading_key
    std::optional<std::size_t> parent;
    std::size_t first_clause = 0;  // of the outline's clauses
    std::size_t end_clause = 0;
};

struct OutlineClause {
    const index::PolicyLine* line = nullptr;
    std::size_t section = 0;
};

// A policy as its sections. Refers to the view it was made of. Boilerplate is left out.
struct Outline {
    std::string title;
    std::vector<OutlineSection> sections;  // the first is that without a path
    std::vector<OutlineClause> clauses;
};

Outline make_outline(const index::PolicyView& view);

// A heading without what may change while it stays the same: its number, case, and a colon at the
// end. "3. Log Files:" gives "log files".
std::string heading_key(std::string_view heading);

}  // namespace smallprint::diff

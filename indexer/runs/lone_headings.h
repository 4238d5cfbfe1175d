// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/model/policy.h"

namespace smallprint::runs {

// Adds a passage, behind all others, for each text of a heading that no clause tells: titles,
// headings of menus, and those that stood above a clause only before another took their place. So
// every heading that ever stood can be found. Texts that a passage has already are left out. Their
// places in the source are not kept.
void add_lone_headings(PolicyHistory& history);

}  // namespace smallprint::runs

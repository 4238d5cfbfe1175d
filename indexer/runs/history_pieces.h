// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/model/policy.h"
#include "common/model/section.h"

#include <cstddef>
#include <vector>

namespace smallprint {

// The pieces that RunBuilder was given for a snapshot of `history`, had back from it, so that
// snapshots can be added to a policy whose sources are gone: building anew from the pieces of all
// snapshots gives the same history. What depends on the occurrence (place in the source, lead-in,
// links) is known in the newest snapshot with a passage only, and only there does it count.
std::vector<Piece> pieces_of(const PolicyHistory& history, std::size_t snapshot);

}  // namespace smallprint

// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/model/snapshot.h"

#include <string>
#include <string_view>

namespace smallprint {

// Facts of a snapshot that its archive does not state.

// Fills in vendor and date from a path such as "a/ab/abc/abc.example/20140302101530.md" or
// "abc.example.md", as far as they are unknown and the path has them in full.
void complete_from_path(std::string_view place, SnapshotFacts& facts);

// Who a policy's text says it speaks for: a name that the text puts before "Privacy Policy" or a
// legal form ("IC Manage, Inc.'s Customer Privacy Policy") near its start and then uses again and
// again, more than any other so put. Empty when no name stands out; a guess that may be wrong is
// worse than none.
std::string vendor_in_text(std::string_view text);

// "privacy policy" -> "Privacy Policy", so that archives that write it differently agree.
std::string normalized_terms_type(std::string_view type);

}  // namespace smallprint

// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/model/snapshot.h"

#include <cstddef>
#include <optional>
#include <string_view>

namespace smallprint {

struct Provenance {
    SnapshotFacts facts;
    std::size_t size = 0;  // bytes up to the start of the policy's own text
};

// The first line of a file of the Princeton-Leuven corpus
// (https://privacypolicies.cs.princeton.edu):
//
//   > *The following text is extracted and transformed from the VENDOR TYPE that was archived on
//   YYYY-MM-DD. Please check the [original snapshot on the Wayback Machine](URL) for ...*
//
// Nothing if the text does not begin with such a line. Facts that the line has in a broken form are
// left unknown.
std::optional<Provenance> parse_provenance(std::string_view text);

}  // namespace smallprint

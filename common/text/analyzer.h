// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/text/stemmer.h"    // IWYU pragma: export
#include "common/text/tokenizer.h"  // IWYU pragma: export

namespace smallprint::text {

// The ONE tokenizer and stemmer: the indexer, the query side and the highlighter all read text
// through it, so that what one finds the others see.

// Raised whenever the terms made from the same text change; kept in every index.
inline constexpr int k_analyzer_version = 1;

}  // namespace smallprint::text

// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/result.h"
#include "common/model/date.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace smallprint::catalog {

// A policy whose page moved is found at one address up to some moment and at another one from a
// later moment on, with the same words or nearly so.

// When a page with a policy was captured first and last.
struct PageSpan {
    std::string key;
    CaptureTime first;
    CaptureTime last;
};

// The share of words, 0 to 1, that the last text of one page and the first of a later one have in
// common; by the numbers of the pages.
using PageResemblance = std::function<Result<double>(std::size_t earlier, std::size_t later)>;

// Chains the pages, all of one vendor and type, that one policy had one after the other: lists of
// their numbers, each page in one. A page succeeds another if it was first captured after the other
// was captured last, if their first captures and their last ones are so far apart that no single
// crawl can have made both, and if they resemble each other; of several, the one that does most,
// then the newest. Asks for the resemblance of each page with a few others at most. Depends on the
// spans and texts alone, not on the order of the pages.
Result<std::vector<std::vector<std::size_t>>> chain_pages(const std::vector<PageSpan>& pages,
                                                          const PageResemblance& resemblance);

// Holds hashes of stretches of four words: all that a text has, or a sample of a long one.
using TextSketch = std::vector<std::uint64_t>;

TextSketch sketch_text(const std::vector<std::string>& clauses);

// The share of all stretches that two texts have in common ("resemblance" of Broder, 1997); 0 if
// one of them has no words.
double measure_resemblance(const TextSketch& a, const TextSketch& b);

}  // namespace smallprint::catalog

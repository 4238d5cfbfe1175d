// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "indexer/split/block.h"

#include <string>
#include <string_view>

namespace smallprint {

// Where a link with this target may lead: empty for one that a browser would run or that holds its
// page in itself, as "javascript:" and "data:" do, and for one of more than 2,000 bytes.
std::string link_target(std::string_view href);

// "Home | Contact | Sitemap": a menu, however many entries it has.
bool is_line_of_links(const Block& block);

}  // namespace smallprint

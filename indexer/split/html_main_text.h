// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "indexer/split/html_page.h"

#include <vector>

namespace smallprint::split {

// Finds the blocks of a page that stand beside its main text: navigation, header and footer,
// banners, sidebars, forms, hidden parts. What an element says of itself does not count where it
// holds much of the page's running text; without such text, all is text. One flag a block. Linear
// time.
std::vector<bool> find_beside(const HtmlPage& page);

}  // namespace smallprint::split

// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "indexer/split/block.h"
#include "indexer/split/html_elements.h"

#include <cstdint>
#include <string_view>
#include <vector>

namespace smallprint::split {

// An element that holds blocks. The first one is the page; parents come before their children.
struct PageRegion {
    std::uint32_t parent = 0;
    PageRole role = PageRole::none;
};

struct PageBlock {
    Block block;
    std::uint32_t begin = 0;  // byte offsets into the page
    std::uint32_t end = 0;
    std::uint32_t region = 0;  // the innermost one it stands in
    bool is_title = false;     // of <title>
    bool is_menu = false;      // a line of links
};

// All text of a page outside of scripts and styles, in order.
struct HtmlPage {
    std::vector<PageRegion> regions;
    std::vector<PageBlock> blocks;
};

// Reads UTF-8, or what should be. Never fails, whatever it is given; linear time. Below 2 GiB.
HtmlPage read_html_page(std::string_view html);

}  // namespace smallprint::split

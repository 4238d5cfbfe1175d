// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "indexer/split/html_elements.h"
#include "indexer/split/html_page.h"

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace smallprint::split {

// A table while a page is read. One of data becomes a block a row, "cell | cell"; of one that lays
// out a page the blocks stay what they are. Positions are numbers of the page's blocks.
class HtmlTable {
public:
    HtmlTable(std::size_t begin, std::string_view aria_role);

    // A table inside of this one, which thus is layout.
    void hold_table() { m_is_layout = true; }

    void open_row();
    void open_cell(std::size_t at, ElementType type);
    void close_cell(std::size_t at);

    // `blocks` ends with those of the table.
    void close(std::vector<PageBlock>& blocks, std::uint32_t region);

private:
    struct Cell {
        std::size_t begin = 0;
        std::size_t end = 0;
        std::size_t row = 0;
        bool is_open = true;
        bool is_header = false;
    };

    using Blocks = std::vector<PageBlock>;

    bool has_text_between_cells() const;
    bool is_data(const Blocks& blocks);
    bool fits_a_row(const Blocks& blocks, const Cell& cell) const;
    // The row that begins with cell `at`; moves `at` behind it.
    PageBlock join_cells(Blocks& blocks, std::size_t& at, std::uint32_t region) const;

    std::size_t m_begin;
    std::vector<Cell> m_cells;
    std::size_t m_row = 0;
    bool m_has_headers = false;
    bool m_is_regular = false;
    bool m_is_layout;
};

}  // namespace smallprint::split

// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "indexer/split/html_elements.h"
#include "indexer/split/html_page.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace smallprint::split {

// A table while a page is read. One of data becomes a block a row, "cell | cell"; of one that lays
// out a page the blocks stay what they are. Positions are numbers of the page's blocks.
class HtmlTable {
public:
    HtmlTable(std::size_t begin, std::string_view aria_role);

    // A table inside of this one, which thus is layout unless it has cells for headers.
    void hold_table() { m_holds_table = true; }

    void open_row();
    // `rows`: how many it reaches over.
    void open_cell(std::size_t at, ElementType type, int rows);
    void close_cell(std::size_t at);

    // `blocks` ends with those of the table.
    void close(std::vector<PageBlock>& blocks, std::uint32_t region);

private:
    struct Cell {
        std::size_t begin = 0;
        std::size_t end = 0;
        std::size_t row = 0;
        std::size_t last_row = 0;  // that it reaches down to
        std::size_t column = 0;
        bool is_open = true;
        bool is_header = false;
    };

    // The text of a cell that reaches down into other rows, of which each has it.
    struct Label {
        std::size_t column = 0;
        std::size_t last_row = 0;
        std::string text;  // empty until its own row is read
    };

    using Blocks = std::vector<PageBlock>;

    bool has_text_between_cells() const;
    void assign_columns();
    bool is_data(const Blocks& blocks);
    bool fits_a_row(const Blocks& blocks, const Cell& cell) const;
    // The row that begins with cell `at`; moves `at` behind it.
    PageBlock join_cells(Blocks& blocks, std::size_t& at, std::uint32_t region);
    void append_cell(Blocks& blocks, const Cell& cell, PageBlock& row) const;
    static void append_labels(const std::vector<Label>& labels, std::size_t& next,
                              std::size_t before_column, PageBlock& row);

    std::size_t m_begin;
    std::vector<Cell> m_cells;
    std::size_t m_row = 0;
    std::vector<Label> m_labels;  // of the rows above the one that is read, by column
    bool m_holds_table = false;
    bool m_has_headers = false;
    bool m_is_regular = false;
    bool m_is_wide = false;  // and regular
    bool m_is_layout;
};

}  // namespace smallprint::split

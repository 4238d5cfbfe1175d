// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/split/html_table.h"

#include "common/base/strings.h"
#include "indexer/split/block.h"
#include "indexer/split/html_elements.h"
#include "indexer/split/html_page.h"
#include "indexer/split/inline_text.h"
#include "indexer/split/markdown_blocks.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace smallprint::split {
namespace {

// A cell of data holds so many at most, the last in a table with headers or of regular rows.
constexpr std::size_t k_most_blocks = 3;
constexpr std::size_t k_most_words = 80;
constexpr std::size_t k_most_words_headed = 400;
constexpr int k_most_rows = 1000;             // that a cell reaches over
constexpr std::size_t k_most_labels = 3;      // cells that reach down into a row
constexpr std::size_t k_longest_label = 100;  // bytes of one that each row repeats
constexpr std::size_t k_wide = 3;             // columns
constexpr std::size_t k_regular_rows = 3;     // as many cells in each make a table of data likely

// "•", in a cell of its own beside the text.
bool is_bullet(std::string_view text) {
    return text.size() <= k_bullet.size() && std::ranges::none_of(text, [](char c) {
               return is_lower(c) || is_upper(c) || is_digit(c);
           });
}

}  // namespace

HtmlTable::HtmlTable(std::size_t begin, std::string_view aria_role)
    : m_begin(begin), m_is_layout(aria_role == "presentation" || aria_role == "none") {}

void HtmlTable::open_row() {
    ++m_row;
}

void HtmlTable::open_cell(std::size_t at, ElementType type, int rows) {
    close_cell(at);
    const bool is_header = type == ElementType::header_cell;
    Cell& cell = m_cells.emplace_back();
    cell.begin = cell.end = at;
    cell.row = m_row;
    cell.last_row = m_row + static_cast<std::size_t>(std::clamp(rows, 1, k_most_rows) - 1);
    cell.is_header = is_header;
    m_has_headers = m_has_headers || is_header;
}

void HtmlTable::close_cell(std::size_t at) {
    if (!m_cells.empty() && m_cells.back().is_open) {
        m_cells.back().end = at;
        m_cells.back().is_open = false;
    }
}

bool HtmlTable::fits_a_row(const Blocks& blocks, const Cell& cell) const {
    std::size_t words = 0;
    std::size_t headings = 0;
    for (std::size_t i = cell.begin; i < cell.end; ++i) {
        words += blocks[i].block.words;
        headings += blocks[i].block.type == BlockType::heading ? 1U : 0U;
    }
    // The label of a row may be a heading; in a table of layout a heading begins a section.
    const bool is_label = headings == 1 && cell.end - cell.begin == 1;
    if (headings > 0 && !cell.is_header && !m_has_headers && !(is_label && m_is_wide)) {
        return false;
    }
    return m_has_headers || m_is_regular
               ? words <= k_most_words_headed
               : words <= k_most_words && cell.end - cell.begin <= k_most_blocks;
}

// Cells that reach down move the cells of other rows to the right. Few of them are followed, so
// that hostile tables cost linear time.
void HtmlTable::assign_columns() {
    std::vector<const Cell*> reaching;
    std::size_t column = 0;
    for (std::size_t i = 0; i < m_cells.size(); ++i) {
        Cell& cell = m_cells[i];
        if (i == 0 || m_cells[i - 1].row != cell.row) {
            column = 0;
            std::erase_if(reaching, [&](const Cell* above) { return above->last_row < cell.row; });
        }
        while (std::ranges::any_of(reaching, [&](const Cell* above) {
            return above->row < cell.row && above->column == column;
        })) {
            ++column;
        }
        cell.column = column++;
        if (cell.last_row > cell.row && reaching.size() < k_most_labels) {
            reaching.push_back(&cell);
        } else {
            cell.last_row = cell.row;
        }
    }
}

bool HtmlTable::has_text_between_cells() const {
    return std::ranges::adjacent_find(m_cells, [](const Cell& cell, const Cell& next) {
               return cell.row == next.row && cell.end != next.begin;
           }) != m_cells.end();
}

bool HtmlTable::is_data(const Blocks& blocks) {
    if (m_is_layout || (m_holds_table && !m_has_headers) || has_text_between_cells()) {
        return false;
    }
    assign_columns();
    std::vector<std::size_t> filled;    // cells of each row that has any
    std::vector<std::size_t> reaching;  // last rows of cells above
    for (auto cell = m_cells.begin(); cell != m_cells.end();) {
        const auto row_end = std::find_if(cell, m_cells.end(),
                                          [&](const Cell& next) { return next.row != cell->row; });
        std::erase_if(reaching, [&](std::size_t last_row) { return last_row < cell->row; });
        const auto cells =
            static_cast<std::size_t>(std::count_if(
                cell, row_end, [](const Cell& each) { return each.begin < each.end; })) +
            reaching.size();
        std::for_each(cell, row_end, [&](const Cell& each) {
            if (each.last_row > each.row && each.begin < each.end) {
                reaching.push_back(each.last_row);
            }
        });
        if (cells > 0) {
            filled.push_back(cells);
        }
        cell = row_end;
    }
    m_is_regular = filled.size() >= k_regular_rows &&
                   std::ranges::all_of(filled, [&](auto cells) { return cells == filled[0]; });
    m_is_wide = m_is_regular && filled[0] >= k_wide;
    const auto several = std::ranges::count_if(filled, [](auto cells) { return cells > 1; });
    return several > 1 &&
           std::ranges::all_of(m_cells, [&](const Cell& cell) { return fits_a_row(blocks, cell); });
}

void HtmlTable::append_cell(Blocks& blocks, const Cell& cell, PageBlock& row) const {
    InlineText& whole = row.block.inside;
    for (std::size_t i = cell.begin; i < cell.end; ++i) {
        InlineText& part = blocks[i].block.inside;
        std::ranges::replace(part.text, '\n', ' ');
        const bool is_bold =
            part.bold_end == part.text.size() || blocks[i].block.type == BlockType::heading;
        if (!cell.is_header && !(is_bold && cell.row == m_cells.front().row)) {
            row.block.type = BlockType::table_row;
        }
        row.begin = row.end == 0 ? blocks[i].begin : row.begin;
        row.end = blocks[i].end;
        const bool parts = i == cell.begin && !is_bullet(whole.text);
        const std::string_view parting = parts ? k_cell_parting : " ";
        whole.append(whole.text.empty() ? "" : parting, std::move(part), 0);
    }
}

// Those to the left of a column, from the label `next` on.
void HtmlTable::append_labels(const std::vector<Label>& labels, std::size_t& next,
                              std::size_t before_column, PageBlock& row) {
    for (; next < labels.size() && labels[next].column < before_column; ++next) {
        InlineText& whole = row.block.inside;
        InlineText label;
        label.text = labels[next].text;
        whole.append(whole.text.empty() ? "" : k_cell_parting, std::move(label), 0);
    }
}

PageBlock HtmlTable::join_cells(Blocks& blocks, std::size_t& at, std::uint32_t region) {
    PageBlock row;
    row.region = region;
    row.block.type = BlockType::table_header;
    const std::size_t number = m_cells[at].row;
    std::erase_if(m_labels, [&](const Label& label) { return label.last_row < number; });
    const std::vector<Label> above = m_labels;
    std::size_t next = 0;
    for (; at < m_cells.size() && m_cells[at].row == number; ++at) {
        const Cell& cell = m_cells[at];
        append_labels(above, next, cell.column, row);
        const std::size_t begin = row.block.inside.text.size();
        append_cell(blocks, cell, row);
        std::string text = row.block.inside.text.substr(begin);
        text.erase(0, begin > 0 && text.starts_with(k_cell_parting) ? k_cell_parting.size() : 0);
        if (cell.last_row > number && !text.empty() && text.size() <= k_longest_label) {
            m_labels.push_back({cell.column, cell.last_row, std::move(text)});
        }
    }
    const bool is_filled = row.end > 0;
    if (is_filled) {
        append_labels(above, next, SIZE_MAX, row);
    } else {
        row.block.inside = {};
    }
    std::ranges::sort(m_labels, {}, &Label::column);
    measure(row.block);
    return row;
}

void HtmlTable::close(std::vector<PageBlock>& blocks, std::uint32_t region) {
    close_cell(blocks.size());
    if (!is_data(blocks)) {
        return;
    }
    Blocks rows;
    std::size_t next = m_begin;
    const auto keep_until = [&](std::size_t end) {
        std::move(blocks.begin() + static_cast<std::ptrdiff_t>(next),
                  blocks.begin() + static_cast<std::ptrdiff_t>(end), std::back_inserter(rows));
    };
    for (std::size_t at = 0; at < m_cells.size();) {
        keep_until(m_cells[at].begin);
        PageBlock row = join_cells(blocks, at, region);
        next = m_cells[at - 1].end;
        if (!row.block.inside.text.empty()) {
            rows.push_back(std::move(row));
        }
    }
    keep_until(blocks.size());
    blocks.erase(blocks.begin() + static_cast<std::ptrdiff_t>(m_begin), blocks.end());
    std::move(rows.begin(), rows.end(), std::back_inserter(blocks));
}

}  // namespace smallprint::split

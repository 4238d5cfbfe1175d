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
#include <string_view>
#include <utility>
#include <vector>

namespace smallprint::split {
namespace {

// A cell of data holds so many at most, the last in a table with headers or of regular rows.
constexpr std::size_t k_most_blocks = 3;
constexpr std::size_t k_most_words = 80;
constexpr std::size_t k_most_words_headed = 400;
constexpr std::size_t k_regular_rows = 3;  // as many cells in each make a table of data likely

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

void HtmlTable::open_cell(std::size_t at, ElementType type) {
    close_cell(at);
    const bool is_header = type == ElementType::header_cell;
    m_cells.push_back({at, at, m_row, true, is_header});
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
    for (std::size_t i = cell.begin; i < cell.end; ++i) {
        words += blocks[i].block.words;
        if (blocks[i].block.type == BlockType::heading && !cell.is_header) {
            return false;
        }
    }
    return m_has_headers || m_is_regular
               ? words <= k_most_words_headed
               : words <= k_most_words && cell.end - cell.begin <= k_most_blocks;
}

bool HtmlTable::has_text_between_cells() const {
    return std::ranges::adjacent_find(m_cells, [](const Cell& cell, const Cell& next) {
               return cell.row == next.row && cell.end != next.begin;
           }) != m_cells.end();
}

bool HtmlTable::is_data(const Blocks& blocks) {
    if (m_is_layout || has_text_between_cells()) {
        return false;
    }
    std::vector<std::size_t> filled;  // cells of each row that has any
    for (auto cell = m_cells.begin(); cell != m_cells.end();) {
        const auto row_end = std::find_if(cell, m_cells.end(),
                                          [&](const Cell& next) { return next.row != cell->row; });
        const auto cells =
            std::count_if(cell, row_end, [](const Cell& each) { return each.begin < each.end; });
        if (cells > 0) {
            filled.push_back(static_cast<std::size_t>(cells));
        }
        cell = row_end;
    }
    m_is_regular = filled.size() >= k_regular_rows &&
                   std::ranges::all_of(filled, [&](auto cells) { return cells == filled[0]; });
    const auto several = std::ranges::count_if(filled, [](auto cells) { return cells > 1; });
    return several > 1 &&
           std::ranges::all_of(m_cells, [&](const Cell& cell) { return fits_a_row(blocks, cell); });
}

PageBlock HtmlTable::join_cells(Blocks& blocks, std::size_t& at, std::uint32_t region) const {
    PageBlock row;
    row.region = region;
    row.block.type = BlockType::table_header;
    const std::size_t number = m_cells[at].row;
    for (; at < m_cells.size() && m_cells[at].row == number; ++at) {
        const Cell& cell = m_cells[at];
        for (std::size_t i = cell.begin; i < cell.end; ++i) {
            InlineText& part = blocks[i].block.inside;
            std::ranges::replace(part.text, '\n', ' ');
            InlineText& whole = row.block.inside;
            const bool is_bold = part.bold_end == part.text.size();
            if (!cell.is_header && !(is_bold && number == m_cells.front().row)) {
                row.block.type = BlockType::table_row;
            }
            row.begin = whole.text.empty() ? blocks[i].begin : row.begin;
            row.end = blocks[i].end;
            const bool parts = i == cell.begin && !is_bullet(whole.text);
            const std::string_view parting = parts ? k_cell_parting : " ";
            whole.append(whole.text.empty() ? "" : parting, std::move(part), 0);
        }
    }
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

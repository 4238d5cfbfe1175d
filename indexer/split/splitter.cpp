// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/split/splitter.h"

#include "common/model/section.h"
#include "indexer/split/block.h"
#include "indexer/split/boilerplate.h"
#include "indexer/split/clauses.h"
#include "indexer/split/headings.h"
#include "indexer/split/html_main_text.h"
#include "indexer/split/html_page.h"
#include "indexer/split/markdown_blocks.h"

#include <algorithm>
#include <cstddef>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace smallprint::split {

namespace {

// Flags for all blocks: what stands beside the text, and what find_boilerplate() finds in the rest.
std::vector<bool> find_html_boilerplate(const HtmlPage& page,
                                        std::span<const Block* const> blocks) {
    std::vector<bool> flags = find_beside(page);
    std::vector<const Block*> text;
    for (std::size_t i = 0; i < blocks.size(); ++i) {
        if (!flags[i]) {
            text.push_back(blocks[i]);
        }
    }
    const std::vector<bool> in_text = find_boilerplate(text);
    for (std::size_t i = 0, at = 0; i < blocks.size(); ++i) {
        flags[i] = flags[i] || in_text[at++];
    }
    return flags;
}

// The text of <title> comes first. It names the document only if no heading does.
std::vector<HeadingMark> find_html_headings(const HtmlPage& page,
                                            std::span<const Block* const> blocks,
                                            std::vector<bool>& boilerplate) {
    std::vector<HeadingMark> headings = find_headings(blocks, boilerplate);
    const auto has_title = std::ranges::find(headings, HeadingRole::title, &HeadingMark::role);
    const auto title = std::ranges::find(page.blocks, true, &PageBlock::is_title);
    if (has_title != headings.end() || title == page.blocks.end()) {
        return headings;
    }
    const auto at = static_cast<std::size_t>(title - page.blocks.begin());
    std::vector<bool> with_title = boilerplate;
    with_title[at] = false;
    std::vector<HeadingMark> titled = find_headings(blocks, with_title);
    if (titled[at].role != HeadingRole::title) {
        return headings;
    }
    boilerplate = std::move(with_title);
    return titled;
}

}  // namespace

std::vector<Piece> Splitter::split_markdown(std::string_view source) {
    std::vector<const Block*> blocks;
    std::vector<PlacedBlock> placed;
    for (const RawBlock& raw : scan_markdown(source)) {
        blocks.push_back(&m_memo.parse(source, raw));
        placed.push_back({blocks.back(), raw.begin, raw.end});
    }
    const std::vector<bool> boilerplate = find_boilerplate(blocks);
    return assemble_pieces(placed, boilerplate, find_headings(blocks, boilerplate));
}

std::vector<Piece> Splitter::split_html(std::string_view page) {
    const HtmlPage read = read_html_page(page);
    std::vector<const Block*> blocks;
    std::vector<PlacedBlock> placed;
    for (const PageBlock& block : read.blocks) {
        blocks.push_back(&block.block);
        placed.push_back({&block.block, block.begin, block.end});
    }
    std::vector<bool> boilerplate = find_html_boilerplate(read, blocks);
    const std::vector<HeadingMark> headings = find_html_headings(read, blocks, boilerplate);
    return assemble_pieces(placed, boilerplate, headings);
}

}  // namespace smallprint::split

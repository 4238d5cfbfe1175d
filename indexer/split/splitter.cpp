// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/split/splitter.h"

#include "common/model/section.h"
#include "indexer/split/block.h"
#include "indexer/split/boilerplate.h"
#include "indexer/split/clauses.h"
#include "indexer/split/headings.h"
#include "indexer/split/markdown_blocks.h"

#include <string_view>
#include <vector>

namespace smallprint {

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

}  // namespace smallprint

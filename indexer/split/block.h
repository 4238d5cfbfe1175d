// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/hash.h"
#include "indexer/split/inline_text.h"
#include "indexer/split/markdown_blocks.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

namespace smallprint::split {

// A block with its inside read. What depends on the block alone is found here, once for every
// distinct block of a policy, however many snapshots it stands in.
struct Block {
    BlockType type = BlockType::paragraph;
    std::uint8_t level = 0;
    bool continues_item = false;
    bool ordered = false;  // a list item with a number
    InlineText inside;     // list items begin with "• " or their number; cells are parted by " | "
    std::size_t words = 0;
    bool link_only = false;   // nearly all its text is links, and it is short
    bool to_anchors = false;  // its links lead into the page itself
};

// Words as people count them: stretches between blanks; where a script writes without blanks, two
// characters count as one. An endless stretch of anything counts as a word every 128 bytes.
std::size_t count_words(std::string_view text);

inline constexpr std::string_view k_bullet = "• ";
inline constexpr std::string_view k_cell_parting = " | ";

// Sets what follows from the type and the inside: words and links.
void measure(Block& block);

Block parse_block(std::string_view source, const RawBlock& raw);

// Parses every distinct block once. Not for several threads.
class BlockMemo {
public:
    // The reference lives as long as the memo.
    const Block& parse(std::string_view source, const RawBlock& raw);

private:
    struct Entry {
        std::string key;
        Block block;
    };

    std::unordered_map<std::string_view, std::unique_ptr<Entry>, TextHash> m_entries;
    std::string m_key;
};

}  // namespace smallprint::split

// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/split/boilerplate.h"

#include "indexer/split/block.h"
#include "indexer/split/markdown_blocks.h"

#include <algorithm>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace smallprint {
namespace {

constexpr std::size_t k_running_text = 12;         // words of a block that nobody takes for a menu
constexpr std::size_t k_fewest_links = 3;          // a menu has at least as many entries
constexpr std::size_t k_longest_footer_line = 20;  // words

bool is_running_text(const Block& block) {
    const bool sentence = block.words >= k_running_text && !block.link_only;
    return block.type != BlockType::heading && sentence;
}

bool is_copyright_line(const Block& block) {
    const std::string& text = block.inside.text;
    const bool marked = text.find("©") != std::string::npos ||
                        text.find("All rights reserved") != std::string::npos ||
                        text.find("All Rights Reserved") != std::string::npos;
    return marked && block.words <= k_longest_footer_line && block.type != BlockType::heading;
}

class Finder {
public:
    explicit Finder(std::span<const Block* const> blocks)
        : m_blocks(blocks), m_flags(blocks.size(), false) {}

    std::vector<bool> find() {
        const auto running = [](const Block* block) { return is_running_text(*block); };
        const auto first = std::ranges::find_if(m_blocks, running);
        if (first == m_blocks.end()) {
            return m_flags;  // nothing but short blocks: whatever it is, it is not around a text
        }
        const auto last = std::find_if(m_blocks.rbegin(), m_blocks.rend(), running).base();
        const auto head_end = static_cast<std::size_t>(first - m_blocks.begin());
        const auto tail_begin = static_cast<std::size_t>(last - m_blocks.begin());
        mark_menus(0, head_end);
        mark_menus(tail_begin, m_blocks.size());
        mark_contents(head_end, tail_begin);
        for (std::size_t i = tail_begin; i < m_blocks.size(); ++i) {
            m_flags[i] = m_flags[i] || is_copyright_line(*m_blocks[i]);
        }
        return m_flags;
    }

private:
    // In a zone outside the text, all blocks of links; and the entries between them that are not
    // links, such as the page one is on.
    void mark_menus(std::size_t begin, std::size_t end) {
        std::size_t links = 0;
        for (std::size_t i = begin; i < end; ++i) {
            links += m_blocks[i]->link_only ? 1U : 0U;
        }
        if (links < k_fewest_links) {
            return;
        }
        for (std::size_t i = begin; i < end; ++i) {
            const Block& block = *m_blocks[i];
            const bool entry = block.type == BlockType::list_item && block.words <= 5 &&
                               ((i > begin && m_blocks[i - 1]->link_only) ||
                                (i + 1 < end && m_blocks[i + 1]->link_only));
            m_flags[i] = block.type != BlockType::heading && (block.link_only || entry);
        }
    }

    // Inside the text, only what leads into the page itself.
    void mark_contents(std::size_t begin, std::size_t end) {
        for (std::size_t i = begin; i < end;) {
            std::size_t stop = i;
            while (stop < end && m_blocks[stop]->to_anchors &&
                   m_blocks[stop]->type != BlockType::heading) {
                ++stop;
            }
            if (stop - i >= k_fewest_links) {
                std::fill(m_flags.begin() + static_cast<std::ptrdiff_t>(i),
                          m_flags.begin() + static_cast<std::ptrdiff_t>(stop), true);
            }
            i = std::max(stop, i + 1);
        }
    }

    std::span<const Block* const> m_blocks;
    std::vector<bool> m_flags;
};

}  // namespace

std::vector<bool> find_boilerplate(std::span<const Block* const> blocks) {
    return Finder(blocks).find();
}

}  // namespace smallprint

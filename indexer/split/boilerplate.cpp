// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/split/boilerplate.h"

#include "common/base/strings.h"
#include "common/model/wayback_url.h"
#include "indexer/split/block.h"
#include "indexer/split/markdown_blocks.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace smallprint::split {
namespace {

constexpr std::size_t k_running_text = 12;          // words of a block that nobody takes for a menu
constexpr std::size_t k_fewest_links = 3;           // a menu has at least as many entries
constexpr std::size_t k_longest_footer_line = 20;   // words
constexpr std::size_t k_longest_way_back = 5;       // words
constexpr std::size_t k_longest_section_name = 15;  // words
constexpr std::size_t k_shortest_section_name = 4;  // bytes

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

// "Back to top", which stands after every section of some pages.
bool is_way_back(const Block& block) {
    static constexpr std::array<std::string_view, 7> k_words = {"back",   "top",    "haut", "oben",
                                                                "zurück", "retour", "↑"};
    const std::string text = lower_ascii(block.inside.text);
    return block.words <= k_longest_way_back &&
           std::ranges::any_of(k_words, [&](std::string_view word) {
               return text.find(word) != std::string::npos;
           });
}

// The site that a block of links leads to: its host without "www."; empty for the page's own.
std::string site_of(const Block& block) {
    if (block.inside.links.empty()) {
        return {};
    }
    std::string address = block.inside.links.front().target;
    if (auto page = parse_archived_page(address)) {
        address = std::move(page->original_url);
    }
    const std::string host = host_of(address.starts_with("//") ? "http:" + address : address);
    return host.starts_with("www.") ? host.substr(4) : host;
}

// Where menus lead besides the site's own pages.
bool is_meeting_place(std::string_view site) {
    static constexpr std::array<std::string_view, 9> k_sites = {
        "facebook.com",  "twitter.com", "x.com",           "instagram.com", "linkedin.com",
        "pinterest.com", "youtube.com", "plus.google.com", "tiktok.com"};
    return std::ranges::find(k_sites, site) != k_sites.end();
}

// Returns what a heading or an entry of a table of contents says, its number, marker and capitals
// aside; empty if the block is too long or too short for either.
std::string section_name(const Block& block) {
    const std::string& text = block.inside.text;
    if (block.words > k_longest_section_name || text.find('\n') != std::string::npos) {
        return {};
    }
    std::string_view name = text;
    name.remove_prefix(name.starts_with("• ") ? std::string_view("• ").size() : 0);
    name.remove_prefix(std::min(name.find_first_not_of("0123456789.) "), name.size()));
    return name.size() < k_shortest_section_name ? std::string() : lower_ascii(name);
}

class Finder {
public:
    explicit Finder(std::span<const Block* const> blocks)
        : m_blocks(blocks), m_flags(blocks.size(), false) {}

    std::vector<bool> find() {
        const auto running = [](const Block* block) { return is_running_text(*block); };
        const auto first = std::ranges::find_if(m_blocks, running);
        if (first == m_blocks.end()) {
            mark_mere_links();
            return m_flags;
        }
        const auto last = std::find_if(m_blocks.rbegin(), m_blocks.rend(), running).base();
        const auto head_end = static_cast<std::size_t>(first - m_blocks.begin());
        const auto tail_begin = static_cast<std::size_t>(last - m_blocks.begin());
        mark_menus(0, head_end);
        mark_menus(tail_begin, m_blocks.size());
        mark_contents(head_end, tail_begin);
        mark_repeated_contents();
        for (std::size_t i = tail_begin; i < m_blocks.size(); ++i) {
            m_flags[i] = m_flags[i] || is_copyright_line(*m_blocks[i]);
        }
        return m_flags;
    }

private:
    // True if as many blocks of links in a zone lead to one site as to others: a list of partners
    // leads to each of them.
    bool leads_to_one_site(std::size_t begin, std::size_t end) const {
        std::unordered_map<std::string, std::size_t> blocks_of_site;
        std::size_t links = 0;
        for (std::size_t i = begin; i < end; ++i) {
            const std::string site = m_blocks[i]->link_only ? site_of(*m_blocks[i]) : "";
            if (m_blocks[i]->link_only && !is_meeting_place(site)) {
                ++blocks_of_site[site];
                ++links;
            }
        }
        // Relative addresses and those with the host are of the same site.
        const std::size_t own = blocks_of_site[""];
        blocks_of_site.erase("");
        std::size_t most = 0;
        for (const auto& [site, blocks] : blocks_of_site) {
            most = std::max(most, blocks);
        }
        return (own + most) * 2 >= links;
    }

    // In a zone outside the text, all blocks of links; and the entries between them that are not
    // links, such as the page one is on.
    void mark_menus(std::size_t begin, std::size_t end) {
        std::size_t links = 0;
        for (std::size_t i = begin; i < end; ++i) {
            links += m_blocks[i]->link_only ? 1U : 0U;
        }
        if (links < k_fewest_links || !leads_to_one_site(begin, end)) {
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

    // Without any running text nothing can be told apart; only a page of nothing but links is a
    // menu.
    void mark_mere_links() {
        const auto links = static_cast<std::size_t>(
            std::ranges::count_if(m_blocks, [](const Block* block) { return block->link_only; }));
        const bool nothing_else = std::ranges::all_of(m_blocks, [](const Block* block) {
            return block->link_only || block->words == 0 || block->type == BlockType::heading;
        });
        if (nothing_else && links >= k_fewest_links) {
            mark_menus(0, m_blocks.size());
        }
    }

    // A table of contents whose links are lost: short lines, each of which comes again further
    // down, with text between.
    void mark_repeated_contents() {
        std::unordered_map<std::string, std::size_t> last_place;
        std::vector<std::string> names;
        for (const Block* block : m_blocks) {
            names.push_back(section_name(*block));
            // What a list or table says again is no section.
            if (block->type == BlockType::heading || block->type == BlockType::paragraph) {
                last_place[names.back()] = names.size() - 1;
            }
        }
        const auto announces = [&](std::size_t i) {
            return !names[i].empty() && m_blocks[i]->type != BlockType::heading &&
                   last_place[names[i]] > i + 1;
        };
        for (std::size_t i = 0; i < m_blocks.size();) {
            std::size_t stop = i;
            while (stop < m_blocks.size() && announces(stop) &&
                   (stop == i || last_place[names[stop]] > last_place[names[stop - 1]] + 1)) {
                ++stop;
            }
            const bool is_contents = stop - i >= k_fewest_links && last_place[names[i]] >= stop;
            mark(i, is_contents ? stop : i);
            i = std::max(stop, i + 1);
        }
    }

    void mark(std::size_t begin, std::size_t end) {
        std::fill(m_flags.begin() + static_cast<std::ptrdiff_t>(begin),
                  m_flags.begin() + static_cast<std::ptrdiff_t>(end), true);
    }

    // Inside the text, only what leads into the page itself.
    void mark_contents(std::size_t begin, std::size_t end) {
        for (std::size_t i = begin; i < end;) {
            std::size_t stop = i;
            while (stop < end && m_blocks[stop]->to_anchors &&
                   m_blocks[stop]->type != BlockType::heading) {
                ++stop;
            }
            const bool leads_back = stop == i + 1 && is_way_back(*m_blocks[i]);
            mark(i, stop - i >= k_fewest_links || leads_back ? stop : i);
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

}  // namespace smallprint::split

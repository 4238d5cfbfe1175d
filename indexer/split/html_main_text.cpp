// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/split/html_main_text.h"

#include "indexer/split/block.h"
#include "indexer/split/html_elements.h"
#include "indexer/split/html_page.h"
#include "indexer/split/markdown_blocks.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace smallprint::split {
namespace {

constexpr std::size_t k_running_text = 12;  // words of a block that nobody takes for a menu

// Shares of running text, in percent.
constexpr std::size_t k_much = 80;         // so much of a page's stands beside nothing
constexpr std::size_t k_shown_later = 20;  // so much that is hidden is part of the text
constexpr std::size_t k_most = 60;         // so much makes an element the main one that says it is
constexpr std::size_t k_nearly_all = 90;   // so much any

constexpr std::size_t k_few_links = 2;  // what surrounds the main region, if it is text

std::size_t running_words(const Block& block) {
    const bool mostly_links = block.inside.link_bytes > block.inside.text.size() / 2;
    const bool running = block.words >= k_running_text && block.type != BlockType::heading;
    return running && !mostly_links ? block.words : 0;
}

// Counts what stands in a region and those inside of it.
struct Contents {
    std::size_t running = 0;  // words of running text
    std::size_t words = 0;
    std::size_t links = 0;  // blocks that are nothing else

    Contents& operator+=(const Contents& other) {
        running += other.running;
        words += other.words;
        links += other.links;
        return *this;
    }
};

class Finder {
public:
    explicit Finder(const HtmlPage& page)
        : m_page(page), m_contents(page.regions.size()), m_named_beside(find_named_beside(page)),
          m_amid_text(page.regions.size(), false), m_beside(page.regions.size(), false) {}

    std::vector<bool> find() {
        find_amid_text();
        count();
        mark_regions();
        count();
        choose_main();
        std::vector<bool> flags;
        flags.reserve(m_page.blocks.size());
        for (const PageBlock& block : m_page.blocks) {
            flags.push_back(is_beside(block));
        }
        mark_menus(flags);
        rescue_title(flags);
        return flags;
    }

private:
    // Counts what is not beside the text.
    void count() {
        std::ranges::fill(m_contents, Contents());
        for (const PageBlock& placed : m_page.blocks) {
            const Block& block = placed.block;
            if (!m_beside[placed.region] && !placed.is_title) {
                m_contents[placed.region] +=
                    {running_words(block), block.words, block.link_only ? 1U : 0U};
            }
        }
        for (std::size_t i = m_contents.size(); i-- > 1;) {
            m_contents[m_page.regions[i].parent] += m_contents[i];
        }
    }

    bool has_share(std::size_t region, std::size_t whole, std::size_t percent) const {
        const std::size_t running = m_contents[region].running;
        return running > 0 && running * 100 >= m_contents[whole].running * percent;
    }

    static bool is_mostly_links(const Contents& contents) {
        return contents.running * 2 < contents.words && contents.links > 0;
    }

    // Marks the regions that stand in the main text: in an element that says to be it, or with
    // running text before and behind them that nothing says to be beside. A name is no evidence
    // there, since notes and partners of a policy stand in <aside> and "footer-text" as well.
    void find_amid_text() {
        struct Reach {
            std::size_t first = SIZE_MAX;  // blocks
            std::size_t last = 0;
        };

        std::vector<Reach> reaches(m_page.regions.size());
        Reach text;
        for (std::size_t i = 0; i < m_page.blocks.size(); ++i) {
            const PageBlock& placed = m_page.blocks[i];
            Reach& reach = reaches[placed.region];
            reach = {std::min(reach.first, i), i};
            if (running_words(placed.block) > 0 && !m_named_beside[placed.region]) {
                text = {std::min(text.first, i), i};
            }
        }
        for (std::size_t i = reaches.size(); i-- > 1;) {
            Reach& parent = reaches[m_page.regions[i].parent];
            parent = {std::min(parent.first, reaches[i].first),
                      std::max(parent.last, reaches[i].last)};
        }
        std::vector<bool> in_main(m_page.regions.size(), false);
        for (std::size_t i = 1; i < m_page.regions.size(); ++i) {
            const std::uint32_t parent = m_page.regions[i].parent;
            in_main[i] = in_main[parent] || m_page.regions[parent].role == PageRole::main;
            m_amid_text[i] =
                in_main[i] || (text.first < reaches[i].first && reaches[i].last < text.last);
        }
    }

    bool says_to_be_beside(std::size_t region) const {
        const Contents& contents = m_contents[region];
        switch (m_page.regions[region].role) {
        case PageRole::beside:
        case PageRole::named:
            return !m_amid_text[region] || is_mostly_links(contents);
        case PageRole::header:
            return contents.running == 0 && contents.links > 0;
        case PageRole::hinted:
            return is_mostly_links(contents);
        case PageRole::none:
        case PageRole::main:
        case PageRole::hidden:
        case PageRole::no_page:
            return false;
        }
        return false;
    }

    void mark_regions() {
        for (std::size_t i = 1; i < m_contents.size(); ++i) {
            m_beside[i] = m_beside[m_page.regions[i].parent] ||
                          (says_to_be_beside(i) && !has_share(i, 0, k_much));
        }
        // Pages show one section at a time.
        std::size_t hidden = 0;
        for (std::size_t i = 1; i < m_contents.size(); ++i) {
            hidden += is_hidden(i) && !m_beside[i] ? m_contents[i].running : 0;
        }
        const bool is_text = hidden * 100 >= m_contents[0].running * k_shown_later;
        for (std::size_t i = 1; i < m_contents.size(); ++i) {
            const bool beside = is_hidden(i) && !(is_text && m_contents[i].running > 0);
            m_beside[i] = m_beside[i] || m_beside[m_page.regions[i].parent] || beside;
        }
    }

    bool is_hidden(std::size_t region) const {
        return m_page.regions[region].role == PageRole::hidden;
    }

    // The innermost region with nearly all running text, and what surrounds it without links.
    void choose_main() {
        std::uint32_t limit = 0;
        for (std::uint32_t i = 1; i < m_contents.size() && limit == 0; ++i) {
            const bool says_so = m_page.regions[i].role == PageRole::main;
            limit = says_so && has_share(i, 0, k_most) ? i : 0;
        }
        m_main = limit;
        for (std::uint32_t i = limit + 1; i < m_contents.size(); ++i) {
            if (m_page.regions[i].parent == m_main && has_share(i, limit, k_nearly_all)) {
                m_main = i;
            }
        }
        while (m_main != limit && has_few_links_more(m_page.regions[m_main].parent)) {
            m_main = m_page.regions[m_main].parent;
        }
        m_inside.assign(m_contents.size(), false);
        m_inside[m_main] = true;
        for (std::size_t i = m_main + 1; i < m_contents.size(); ++i) {
            m_inside[i] = m_inside[m_page.regions[i].parent];
        }
    }

    bool has_few_links_more(std::uint32_t region) const {
        return m_contents[region].links <= m_contents[m_main].links + k_few_links;
    }

    bool is_beside(const PageBlock& block) const {
        return block.is_title || m_beside[block.region] || !m_inside[block.region];
    }

    // A line of links before the running text or behind it.
    void mark_menus(std::vector<bool>& flags) const {
        const auto is_running = [&](std::size_t i) {
            return !flags[i] && running_words(m_page.blocks[i].block) > 0;
        };
        std::size_t begin = 0;
        std::size_t end = flags.size();
        while (begin < end && !is_running(begin)) {
            ++begin;
        }
        while (end > begin && !is_running(end - 1)) {
            --end;
        }
        for (std::size_t i = 0; i < flags.size(); ++i) {
            const bool inside = i >= begin && i < end;
            flags[i] = flags[i] || (m_page.blocks[i].is_menu && begin < end && !inside);
        }
    }

    // The last heading before the main text names it, wherever it stands.
    void rescue_title(std::vector<bool>& flags) const {
        const auto first =
            static_cast<std::size_t>(std::ranges::find(flags, false) - flags.begin());
        if (first == flags.size() || m_page.blocks[first].block.type == BlockType::heading) {
            return;
        }
        for (std::size_t i = first; i-- > 0;) {
            const PageBlock& placed = m_page.blocks[i];
            const Block& block = placed.block;
            if (block.type == BlockType::heading && block.level <= 2 && !placed.is_title &&
                !block.link_only && !m_named_beside[placed.region]) {
                flags[i] = false;
                keep_between(i + 1, first, flags);
                return;
            }
        }
    }

    // A date, an introduction of a few words.
    void keep_between(std::size_t begin, std::size_t end, std::vector<bool>& flags) const {
        for (std::size_t i = begin; i < end; ++i) {
            const PageBlock& placed = m_page.blocks[i];
            flags[i] = placed.block.inside.link_bytes > 0 || m_named_beside[placed.region];
        }
    }

    // Says so of each region, by its own role or that of one around it.
    static std::vector<bool> find_named_beside(const HtmlPage& page) {
        std::vector<bool> named(page.regions.size(), false);
        for (std::size_t i = 1; i < named.size(); ++i) {
            const PageRole role = page.regions[i].role;
            named[i] = named[page.regions[i].parent] || role == PageRole::beside ||
                       role == PageRole::named || role == PageRole::hinted ||
                       role == PageRole::hidden;
        }
        return named;
    }

    const HtmlPage& m_page;
    std::vector<Contents> m_contents;
    std::vector<bool> m_named_beside;  // it or a region around it has a role that says so
    std::vector<bool> m_amid_text;
    std::vector<bool> m_beside;
    std::vector<bool> m_inside;  // the main region
    std::uint32_t m_main = 0;
};

}  // namespace

std::vector<bool> find_beside(const HtmlPage& page) {
    return Finder(page).find();
}

}  // namespace smallprint::split

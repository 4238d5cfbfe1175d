// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/split/html_page.h"

#include "common/text/utf8.h"
#include "indexer/split/block.h"
#include "indexer/split/html_cleaning.h"
#include "indexer/split/html_elements.h"
#include "indexer/split/html_events.h"
#include "indexer/split/html_links.h"
#include "indexer/split/html_table.h"
#include "indexer/split/inline_builder.h"
#include "indexer/split/inline_text.h"
#include "indexer/split/markdown_blocks.h"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace smallprint {
namespace {

constexpr std::size_t k_full_line = 100;    // bytes; a break behind it ends a paragraph
constexpr std::size_t k_wrapped_line = 50;  // bytes; text of such lines was wrapped
// No page that people wrote comes near; behind them memory stays bounded.
constexpr std::size_t k_most_blocks = 200'000;
constexpr std::size_t k_most_regions = 400'000;
constexpr int k_deepest_list = 100;
constexpr int k_columns_a_level = 2;  // as in a Markdown list

int number_in(std::string_view value, int otherwise) {
    int number = otherwise;
    std::from_chars(value.data(), value.data() + value.size(), number);
    return number;
}

class PageBuilder : public HtmlHandler {
public:
    PageBuilder() {
        m_page.regions.emplace_back();
        m_open.emplace_back();
    }

    HtmlPage take() {
        end_block();
        for (PageBlock& block : m_page.blocks) {
            for (InlineText::Mark& mark : block.block.inside.marks) {
                mark.source -= std::min(mark.source, block.begin);
            }
        }
        return std::move(m_page);
    }

    void open_element(std::string_view name, const HtmlAttributes& attributes) override {
        const Element element = describe_element(name, attributes);
        if (is_block_level(element.type)) {
            close_block();
        }
        Open open = m_open.back();
        open.type = element.type;
        if (is_block_level(element.type)) {
            enter_block(open, element, attributes);
        } else {
            enter_phrase(element.type, attributes);
        }
        m_open.push_back(open);
    }

    void close_element() override {
        const Open& open = m_open.back();
        if (is_block_level(open.type)) {
            close_block();
        }
        leave(open);
        m_open.pop_back();
    }

    void take_text(std::string_view text, std::uint32_t source) override {
        if (m_open.back().dropped) {
            return;
        }
        while (!text.empty()) {
            const std::size_t size = std::min(text.find_first_of("\n\x7F"), text.size());
            append(text.substr(0, size), source);
            if (size == text.size()) {
                return;
            }
            const auto at = source + static_cast<std::uint32_t>(size);
            if (text[size] == k_bad_byte) {
                append_bad_byte(at);
            } else {
                end_line();
            }
            text.remove_prefix(size + 1);
            source = at + 1;
        }
    }

private:
    // An open element, with what it has from those around it.
    struct Open {
        ElementType type = ElementType::block;
        ElementType holds = ElementType::block;  // heading, item, term, ... that the text is in
        std::uint8_t heading_level = 0;
        std::uint8_t list_depth = 0;
        bool preformatted = false;
        bool dropped = false;
        std::uint32_t region = 0;
        std::uint32_t first_block = 0;  // of a definition
        std::size_t list = 0;           // m_open's index of the innermost list
        std::size_t item = 0;           // the same for what `holds` says
        int number = 0;                 // of an ordered list: its next; of an item: its own
        bool numbered = false;
        bool marked = false;         // of an item: its marker stands in a block already
        bool holds_heading = false;  // which has the marker
    };

    void enter_block(Open& open, const Element& element, const HtmlAttributes& attributes) {
        if (m_page.regions.size() < k_most_regions) {
            m_page.regions.push_back({open.region, element.role});
            open.region = static_cast<std::uint32_t>(m_page.regions.size() - 1);
        }
        open.dropped = open.dropped || element.role == PageRole::no_page;
        open.first_block = static_cast<std::uint32_t>(m_page.blocks.size());
        switch (element.type) {
        case ElementType::list:
        case ElementType::ordered_list:
            open.list = m_open.size();
            open.list_depth =
                static_cast<std::uint8_t>(std::min(k_deepest_list, open.list_depth + 1));
            open.number = number_in(attributes.value("start"), 1);
            break;
        case ElementType::item:
            enter_item(open, attributes);
            break;
        case ElementType::heading:
            open.heading_level = element.level;
            break;
        case ElementType::term:
        case ElementType::definition:
        case ElementType::summary:
        case ElementType::title:
            hold(open, element.type);
            break;
        case ElementType::preformatted:
            open.preformatted = true;
            break;
        default:
            enter_table_part(open, element.type, attributes);
        }
    }

    void hold(Open& open, ElementType type) const {
        open.holds = type;
        open.item = m_open.size();
        open.marked = false;
        open.holds_heading = false;
        open.heading_level = 0;
    }

    void enter_item(Open& open, const HtmlAttributes& attributes) {
        hold(open, ElementType::item);
        Open& list = m_open[open.list];
        open.numbered = list.type == ElementType::ordered_list;
        if (open.numbered) {
            list.number = number_in(attributes.value("value"), list.number);
            open.number = list.number;
            list.number += list.number < INT32_MAX ? 1 : 0;
        }
    }

    void enter_table_part(Open& open, ElementType type, const HtmlAttributes& attributes) {
        const std::size_t at = m_page.blocks.size();
        if (type == ElementType::table) {
            if (!m_tables.empty()) {
                m_tables.back().hold_table();
            }
            m_tables.emplace_back(at, attributes.value("role"));
        } else if (type == ElementType::table_row && !m_tables.empty()) {
            m_tables.back().open_row();
        } else if (type == ElementType::table_cell || type == ElementType::header_cell) {
            hold(open, ElementType::block);
            if (!m_tables.empty()) {
                m_tables.back().open_cell(at, type);
            }
        }
    }

    void enter_phrase(ElementType type, const HtmlAttributes& attributes) {
        switch (type) {
        case ElementType::bold:
            ++m_bold_depth;
            m_builder.open_bold();
            break;
        case ElementType::link:
            // Menus have one link beside the other; only their style parts them.
            if (m_after_link) {
                m_builder.blank();
            }
            if (m_link_depth++ == 0) {
                m_target = link_target(attributes.value("href"));
                open_link();
            }
            break;
        case ElementType::line_break:
            break_line();
            break;
        case ElementType::unknown:
            m_builder.blank();
            break;
        default:
            break;
        }
    }

    void leave(const Open& open) {
        switch (open.type) {
        case ElementType::bold:
            --m_bold_depth;
            m_builder.close_bold();
            break;
        case ElementType::link:
            if (--m_link_depth == 0) {
                m_builder.close_link();
                m_after_link = true;
            }
            break;
        case ElementType::unknown:
            m_builder.blank();
            break;
        case ElementType::definition:
            join_definition(open.first_block);
            break;
        case ElementType::table:
            if (!m_tables.empty()) {
                m_tables.back().close(m_page.blocks, m_open[m_open.size() - 2].region);
                m_tables.pop_back();
            }
            break;
        case ElementType::table_cell:
        case ElementType::header_cell:
            if (!m_tables.empty()) {
                m_tables.back().close_cell(m_page.blocks.size());
            }
            break;
        default:
            break;
        }
    }

    void open_link() {
        if (!m_target.empty()) {
            m_builder.open_link(m_target);
        }
    }

    void append(std::string_view text, std::uint32_t source) {
        const std::size_t last = text.find_last_not_of(" \t\r\f");
        if (last == std::string_view::npos) {
            if (!text.empty()) {
                m_builder.blank();
            }
            return;
        }
        m_builder.append(text, source);
        note_text(source + static_cast<std::uint32_t>(text.find_first_not_of(" \t\r\f")),
                  source + static_cast<std::uint32_t>(last + 1));
    }

    void append_bad_byte(std::uint32_t source) {
        m_builder.append_character(k_replacement_character, source);
        note_text(source, source + 1);
    }

    void note_text(std::uint32_t begin, std::uint32_t end) {
        if (!m_has_text) {
            m_begin = begin;
        }
        m_has_text = true;
        m_end = std::max(m_begin, end);
        m_breaks = 0;
        m_after_link = false;
    }

    void end_line() {
        if (m_open.back().preformatted) {
            break_line();
        } else {
            m_builder.blank();
        }
    }

    // Two breaks make a paragraph, as does one behind a line that is full.
    void break_line() {
        const std::string& text = m_builder.text();
        if (m_open.back().heading_level > 0 || text.empty()) {
            m_builder.blank();
            return;
        }
        const std::size_t line = text.size() - (text.rfind('\n') + 1);
        const bool full = line >= k_full_line && !m_open.back().preformatted;
        if (++m_breaks > 1 || full) {
            close_block();
        } else {
            m_builder.line_break();
        }
    }

    // Ends the text that stands by itself, if there may be one more block.
    void close_block() {
        if (m_page.blocks.size() < k_most_blocks) {
            end_block();
        } else {
            m_builder.line_break();
        }
    }

    // Links and bold text may go on behind it.
    void end_block() {
        InlineText text = m_builder.take();
        for (int i = 0; i < m_bold_depth; ++i) {
            m_builder.open_bold();
        }
        if (m_link_depth > 0) {
            open_link();
        }
        m_breaks = 0;
        m_after_link = false;
        m_has_text = false;
        if (!text.text.empty()) {
            add_block(std::move(text));
        }
    }

    void add_block(InlineText text) {
        const Open& open = m_open.back();
        PageBlock placed;
        placed.begin = std::max(m_begin, m_page.blocks.empty() ? 0 : m_page.blocks.back().end);
        placed.end = std::max(placed.begin, m_end);
        placed.region = open.region;
        Block& block = placed.block;
        block.inside = std::move(text);
        if (open.heading_level > 0) {
            block.type = BlockType::heading;
            block.level = open.heading_level;
            number_heading(block);
        } else if (open.preformatted) {
            unwrap(block);
        } else {
            fit_into_holder(placed);
        }
        measure(block);
        placed.is_menu = is_line_of_links(block);
        block.link_only = block.link_only || placed.is_menu;
        m_page.blocks.push_back(std::move(placed));
        if (open.holds == ElementType::term) {
            m_term_end = m_page.blocks.size();
        }
    }

    // The number of an item stays with the heading that the item begins with.
    void number_heading(Block& block) {
        std::ranges::replace(block.inside.text, '\n', ' ');
        Open& holder = m_open[m_open.back().item];
        if (m_open.back().holds == ElementType::item && !holder.marked) {
            holder.marked = true;
            if (holder.numbered) {
                prefix(block.inside, std::to_string(holder.number) + ". ");
            }
            holder.holds_heading = true;
        }
    }

    static void prefix(InlineText& text, std::string_view before) {
        InlineText whole;
        whole.append(before, std::move(text), 0);
        text = std::move(whole);
    }

    // Lines of about one width were wrapped; others mean something.
    static void unwrap(Block& block) {
        std::string& text = block.inside.text;
        std::size_t shortest = text.size();
        for (std::size_t i = 0, end = text.find('\n'); end != std::string::npos;
             i = end + 1, end = text.find('\n', i)) {
            shortest = std::min(shortest, end - i);
        }
        const bool wrapped = shortest >= k_wrapped_line;
        block.type = wrapped ? BlockType::paragraph : BlockType::code;
        if (wrapped) {
            std::ranges::replace(text, '\n', ' ');
        }
    }

    void fit_into_holder(PageBlock& placed) {
        Block& block = placed.block;
        const Open& open = m_open.back();
        Open& holder = m_open[open.item];
        switch (open.holds) {
        case ElementType::item:
            fit_into_item(block, holder);
            break;
        case ElementType::term:
        case ElementType::summary:
            block.inside.bold_end = static_cast<std::uint32_t>(block.inside.text.size());
            break;
        case ElementType::title:
            placed.is_title = true;
            block.type = BlockType::heading;
            block.level = 1;
            break;
        default:
            break;
        }
    }

    void fit_into_item(Block& block, Open& holder) const {
        block.ordered = holder.numbered;
        if (holder.marked) {
            block.continues_item = !holder.holds_heading;
            return;
        }
        holder.marked = true;
        block.type = BlockType::list_item;
        const int level = k_columns_a_level * (std::max<int>(holder.list_depth, 1) - 1);
        block.level = static_cast<std::uint8_t>(level);
        prefix(block.inside,
               holder.numbered ? std::to_string(holder.number) + ". " : std::string(k_bullet));
    }

    // A definition of one paragraph goes with its term; a longer one has the term for a heading.
    void join_definition(std::uint32_t first) {
        std::vector<PageBlock>& blocks = m_page.blocks;
        const bool is_term = first > 0 && first + 1 == blocks.size() && first == m_term_end &&
                             blocks[first].block.type == BlockType::paragraph;
        if (!is_term) {
            return;
        }
        PageBlock definition = std::move(blocks.back());
        blocks.pop_back();
        Block& term = blocks.back().block;
        term.inside.append("\n", std::move(definition.block.inside), 0);
        term.inside.bold_end = 0;
        term.type = BlockType::list_item;
        blocks.back().end = definition.end;
        measure(term);
    }

    HtmlPage m_page;
    std::vector<Open> m_open;
    std::vector<HtmlTable> m_tables;
    InlineBuilder m_builder;
    std::string m_target;               // of the open link
    std::size_t m_term_end = SIZE_MAX;  // what the last term is followed by
    int m_link_depth = 0;
    int m_bold_depth = 0;
    int m_breaks = 0;           // since the last text
    bool m_after_link = false;  // nothing stands behind the last link yet
    bool m_has_text = false;
    std::uint32_t m_begin = 0;  // of the block that is being built
    std::uint32_t m_end = 0;
};

}  // namespace

HtmlPage read_html_page(std::string_view html) {
    const std::string page = clean_html(html);
    PageBuilder builder;
    read_html(page, builder);
    return builder.take();
}

}  // namespace smallprint

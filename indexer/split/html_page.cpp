// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/split/html_page.h"

#include "common/model/section.h"
#include "common/text/utf8.h"
#include "indexer/split/block.h"
#include "indexer/split/character_reference.h"
#include "indexer/split/html_cleaning.h"
#include "indexer/split/html_elements.h"
#include "indexer/split/html_events.h"
#include "indexer/split/html_flow.h"
#include "indexer/split/html_table.h"
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

namespace smallprint::split {
namespace {

constexpr std::size_t k_longest_bold_line = 15;  // words
constexpr std::size_t k_wrapped_line = 50;       // bytes; text of such lines was wrapped
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
    explicit PageBuilder(std::string_view html) : m_html(html) {
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

    void add_text(std::string_view text, std::uint32_t source) override {
        if (m_open.back().dropped) {
            return;
        }
        pass_what_is_read(text, source);
        while (true) {
            const std::size_t size = std::min(text.find_first_of("\n\x7F"), text.size());
            m_flow.append(text.substr(0, size), source);
            if (size == text.size()) {
                return;
            }
            const auto at = source + static_cast<std::uint32_t>(size);
            m_read_until = at + 1;
            if (text[size] == k_look_up) {
                look_up(at);
            } else {
                end_line();
            }
            const std::size_t used = std::min<std::size_t>(size + m_read_until - at, text.size());
            text.remove_prefix(used);
            source += static_cast<std::uint32_t>(used);
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

    void enter_region(Open& open, PageRole role) {
        if (m_page.regions.size() < k_most_regions) {
            m_page.regions.push_back({open.region, role});
            open.region = static_cast<std::uint32_t>(m_page.regions.size() - 1);
        }
        open.dropped = open.dropped || role == PageRole::no_page;
        open.first_block = static_cast<std::uint32_t>(m_page.blocks.size());
    }

    void enter_block(Open& open, const Element& element, const HtmlAttributes& attributes) {
        enter_region(open, element.role);
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
        case ElementType::table:
        case ElementType::table_row:
        case ElementType::table_cell:
        case ElementType::header_cell:
            enter_table_part(open, element.type, attributes);
            break;
        case ElementType::block:
        case ElementType::phrase:
        case ElementType::apart:
        case ElementType::bold:
        case ElementType::link:
        case ElementType::line_break:
            break;
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
        } else if (is_cell(type)) {
            hold(open, ElementType::block);
            if (!m_tables.empty()) {
                m_tables.back().open_cell(at, type, number_in(attributes.value("rowspan"), 1));
            }
        }
    }

    void enter_phrase(ElementType type, const HtmlAttributes& attributes) {
        if (type == ElementType::bold) {
            m_flow.open_bold();
        } else if (type == ElementType::link) {
            m_flow.open_link(attributes.value("href"));
        } else if (type == ElementType::line_break) {
            break_line();
        } else if (type == ElementType::apart) {
            m_flow.blank();
        }
    }

    void leave(const Open& open) {
        if (open.type == ElementType::bold) {
            m_flow.close_bold();
        } else if (open.type == ElementType::link) {
            m_flow.close_link();
        } else if (open.type == ElementType::apart) {
            m_flow.blank();
        } else if (open.type == ElementType::definition) {
            join_definition(open.first_block);
        } else if (open.type == ElementType::table && !m_tables.empty()) {
            m_tables.back().close(m_page.blocks, m_open[m_open.size() - 2].region);
            m_tables.pop_back();
        } else if (is_cell(open.type) && !m_tables.empty()) {
            m_tables.back().close_cell(m_page.blocks.size());
        }
    }

    // A long text comes in parts, and these may part a reference that has been read as a whole.
    void pass_what_is_read(std::string_view& text, std::uint32_t& source) const {
        const std::size_t read = m_read_until - std::min(m_read_until, source);
        const std::string_view rest = m_html.substr(source, std::min(read, text.size()));
        if (text.starts_with(rest)) {
            text.remove_prefix(rest.size());
            source += static_cast<std::uint32_t>(rest.size());
        }
    }

    // Reads the page as it was, from `at` on.
    void look_up(std::uint32_t at) {
        const std::string_view text = m_html.substr(at);
        const CharacterReference reference = read_character_reference(text);
        if (reference.size == 0) {
            const bool is_sign = text.starts_with('&');
            m_flow.append_character(is_sign ? U'&' : text::k_replacement_character, at, at + 1);
            return;
        }
        m_read_until = at + static_cast<std::uint32_t>(reference.size);
        for (const char32_t character : {reference.first, reference.second}) {
            if (character == U'\n') {
                end_line();
            } else if (character != 0) {
                m_flow.append_character(character, at, m_read_until);
            }
        }
    }

    // A line of the source ends.
    void end_line() {
        if (m_open.back().preformatted) {
            break_line();
        } else {
            m_flow.blank();
        }
    }

    void break_line() {
        const Open& open = m_open.back();
        const LineMode mode = open.heading_level > 0 ? LineMode::single
                              : open.preformatted    ? LineMode::preformatted
                                                     : LineMode::flowing;
        if (m_flow.break_line(mode)) {
            close_block();
        }
    }

    // Ends the text that stands by itself, if there may be one more block.
    void close_block() {
        if (m_page.blocks.size() < k_most_blocks) {
            end_block();
        } else {
            m_flow.start_line();
        }
    }

    void end_block() {
        HtmlFlow::Text part = m_flow.take();
        if (!part.text.text.empty()) {
            add_block(std::move(part));
        }
    }

    void add_block(HtmlFlow::Text part) {
        const Open& open = m_open.back();
        PageBlock placed;
        placed.begin = std::max(part.begin, m_page.blocks.empty() ? 0 : m_page.blocks.back().end);
        placed.end = std::max(placed.begin, part.end);
        placed.region = open.region;
        Block& block = placed.block;
        block.inside = std::move(part.text);
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
        if (open.holds == ElementType::item) {
            fit_into_item(block, holder);
        } else if (open.holds == ElementType::term || open.holds == ElementType::summary) {
            block.inside.bold_end = static_cast<std::uint32_t>(block.inside.text.size());
        } else if (open.holds == ElementType::title) {
            placed.is_title = true;
            block.type = BlockType::heading;
            block.level = 1;
        }
    }

    void fit_into_item(Block& block, Open& holder) {
        block.ordered = holder.numbered;
        name_item(holder);
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

    // A bold line that an item of several paragraphs begins with is a heading.
    void name_item(Open& holder) {
        const bool is_second = holder.marked && m_page.blocks.size() == holder.first_block + 1;
        Block* first = is_second ? &m_page.blocks.back().block : nullptr;
        if (first == nullptr || first->type != BlockType::list_item ||
            first->words > k_longest_bold_line ||
            first->inside.bold_end != first->inside.text.size()) {
            return;
        }
        first->type = BlockType::paragraph;
        if (!holder.numbered) {
            drop_prefix(first->inside, k_bullet.size());
        }
        measure(*first);
        holder.holds_heading = true;
    }

    static void drop_prefix(InlineText& text, std::size_t bytes) {
        const auto shift = static_cast<std::uint32_t>(bytes);
        text.text.erase(0, bytes);
        text.bold_end -= shift;
        for (Link& link : text.links) {
            link.begin -= shift;
            link.end -= shift;
        }
        for (InlineText::Mark& mark : text.marks) {
            mark.text -= shift;
        }
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

    std::string_view m_html;
    std::uint32_t m_read_until = 0;  // what stands before it in the page is done with
    HtmlPage m_page;
    std::vector<Open> m_open;
    std::vector<HtmlTable> m_tables;
    HtmlFlow m_flow;
    std::size_t m_term_end = SIZE_MAX;  // what the last term is followed by
};

}  // namespace

HtmlPage read_html_page(std::string_view html) {
    const std::string page = clean_html(html);
    PageBuilder builder(html);
    read_html(page, builder);
    return builder.take();
}

}  // namespace smallprint::split

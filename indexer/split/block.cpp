// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/split/block.h"

#include "common/base/strings.h"
#include "common/model/section.h"
#include "indexer/split/inline_text.h"
#include "indexer/split/markdown_blocks.h"

#include <algorithm>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace smallprint::split {
namespace {

constexpr std::size_t k_longest_link_only = 12;  // words
constexpr std::size_t k_longest_word = 128;      // bytes
constexpr std::size_t k_short_line = 40;         // bytes

bool starts_with_digit(std::string_view text) {
    return !text.empty() && is_digit(text.front());
}

// "12." of "12.  An item".
std::string_view item_number(std::string_view source) {
    return source.substr(0, source.find_first_of(".)") + 1);
}

// A heading may be the inside of a numbered item, "1. ## Title"; its number stays.
InlineText read_heading(std::string_view source) {
    const bool numbered = starts_with_digit(source) && list_marker(source) > 0;
    const std::size_t number = numbered ? list_marker(source) : 0;
    const std::size_t marker = heading_marker(source.substr(number));
    std::string_view inside = source.substr(number + marker);
    if (marker > 0) {
        const std::size_t last = inside.find_last_not_of("# \t");
        // "C#" keeps its mark, "Title ##" loses them.
        const bool closed = last + 1 < inside.size() && (inside[last + 1] == ' ');
        inside = closed ? inside.substr(0, last + 1) : inside;
    }
    InlineText text = parse_inline(inside);
    std::string prefix(numbered ? item_number(source) : "");
    prefix += numbered && !text.text.empty() ? " " : "";
    InlineText out;
    out.append(prefix, std::move(text), number + marker);
    std::ranges::replace(out.text, '\n', ' ');
    return out;
}

InlineText read_list_item(std::string_view source, bool& ordered) {
    const std::size_t marker = list_marker(source);
    ordered = starts_with_digit(source);
    InlineText inside = parse_inline(source.substr(marker));
    InlineText out;
    if (inside.text.empty() && !ordered) {
        return out;
    }
    std::string prefix(k_bullet);
    if (ordered) {
        prefix.assign(item_number(source));
        prefix += inside.text.empty() ? "" : " ";
    }
    out.append(prefix, std::move(inside), marker);
    return out;
}

// Finds where the cells of a row begin and end; a bar behind a backslash does not part them.
std::vector<std::pair<std::size_t, std::size_t>> split_cells(std::string_view row) {
    std::vector<std::pair<std::size_t, std::size_t>> cells;
    std::size_t begin = row.starts_with('|') ? 1 : 0;
    for (std::size_t i = begin; i < row.size(); ++i) {
        if (row[i] == '\\') {
            ++i;
        } else if (row[i] == '|') {
            cells.emplace_back(begin, i);
            begin = i + 1;
        }
    }
    if (begin < row.size()) {
        cells.emplace_back(begin, row.size());
    }
    return cells;
}

InlineText read_row(std::string_view source) {
    InlineText out;
    for (const auto& [begin, end] : split_cells(source)) {
        InlineText cell = parse_inline(source.substr(begin, end - begin));
        if (cell.text.empty()) {
            continue;
        }
        std::ranges::replace(cell.text, '\n', ' ');
        out.append(out.text.empty() ? "" : k_cell_parting, std::move(cell), begin);
    }
    return out;
}

// Calls `read` with each line and the offset where it starts.
template <typename Read> void for_each_line(std::string_view source, Read read) {
    for (std::size_t begin = 0; begin < source.size();) {
        const std::size_t end = std::min(source.find_first_of("\r\n", begin), source.size());
        read(source.substr(begin, end - begin), begin);
        begin = end + 1;
    }
}

// An address or a verse: several lines, all of them short. Their ends mean something.
bool has_short_lines_only(std::string_view source) {
    std::size_t lines = 0;
    std::size_t longest = 0;
    for_each_line(source, [&](std::string_view line, std::size_t) {
        ++lines;
        longest = std::max(longest, line.size());
    });
    return lines > 1 && longest < k_short_line;
}

template <typename Read> InlineText read_line_by_line(std::string_view source, Read read) {
    InlineText out;
    for_each_line(source, [&](std::string_view line, std::size_t begin) {
        if (InlineText inside = read(line.substr(0, line.find_last_not_of("\\ \t") + 1));
            !inside.text.empty()) {
            out.append(out.text.empty() ? "" : "\n", std::move(inside), begin);
        }
    });
    return out;
}

InlineText read_paragraph(std::string_view source) {
    return has_short_lines_only(source) && source.find_first_of("*_[`<>") == std::string_view::npos
               ? read_line_by_line(source, parse_inline)
               : parse_inline(source);
}

// Escapes mean nothing in code; only what would hurt a reader of plain text is removed, which
// parse_inline does for text behind escapes of our own making.
InlineText read_code_line(std::string_view source) {
    std::string escaped;
    for (const char c : source) {
        if (is_one_of(c, "\\`*_[]<>&!")) {
            escaped += '\\';
        }
        escaped += c;
    }
    InlineText out = parse_inline(escaped);
    out.marks = {{0, 0}};
    return out;
}

InlineText read_code(std::string_view source) {
    return read_line_by_line(source, read_code_line);
}

bool leads_into_page(const Link& link) {
    return link.target.find('#') != std::string::npos;
}

}  // namespace

std::size_t count_words(std::string_view text) {
    std::size_t words = 0;
    std::size_t unspaced = 0;
    std::size_t word_bytes = 0;
    for (const char c : text) {
        const bool blank = c == ' ' || c == '\n';
        words += !blank && word_bytes % k_longest_word == 0 ? 1U : 0U;
        word_bytes = blank ? 0 : word_bytes + 1;
        // Lead bytes of U+3000 to U+9FFF: Chinese characters and Japanese syllables.
        const auto byte = static_cast<unsigned char>(c);
        unspaced += byte >= 0xE3 && byte <= 0xE9 ? 1 : 0;
    }
    return words + unspaced / 2;
}

void measure(Block& block) {
    const std::string& text = block.inside.text;
    block.words = count_words(text);
    const auto blanks = static_cast<std::size_t>(std::ranges::count(text, ' '));
    const std::size_t marker = block.type == BlockType::list_item ? k_bullet.size() : 0;
    block.link_only = block.inside.link_bytes > 0 && block.words <= k_longest_link_only &&
                      block.inside.link_bytes + blanks + marker >= text.size();
    block.to_anchors = block.link_only && std::ranges::all_of(block.inside.links, leads_into_page);
}

Block parse_block(std::string_view source, const RawBlock& raw) {
    const std::string_view slice = source.substr(raw.begin, raw.end - raw.begin);
    Block block;
    block.type = raw.type;
    block.level = raw.level;
    block.continues_item = raw.continues_item;
    switch (raw.type) {
    case BlockType::heading:
        block.inside = read_heading(slice);
        break;
    case BlockType::list_item:
        block.inside = read_list_item(slice, block.ordered);
        break;
    case BlockType::table_header:
    case BlockType::table_row:
        block.inside = read_row(slice);
        break;
    case BlockType::code:
        block.inside = read_code(slice);
        break;
    case BlockType::paragraph:
        block.inside = read_paragraph(slice);
        break;
    }
    measure(block);
    return block;
}

const Block& BlockMemo::parse(std::string_view source, const RawBlock& raw) {
    m_key.assign(1, static_cast<char>(raw.type));
    m_key += static_cast<char>(raw.level);
    m_key += raw.continues_item ? '+' : '-';
    m_key += source.substr(raw.begin, raw.end - raw.begin);
    if (const auto found = m_entries.find(m_key); found != m_entries.end()) {
        return found->second->block;
    }
    auto entry = std::make_unique<Entry>(Entry{m_key, parse_block(source, raw)});
    const std::string_view key = entry->key;
    return m_entries.emplace(key, std::move(entry)).first->second->block;
}

}  // namespace smallprint::split

// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace smallprint::split {

// The block structure of a Markdown policy, found line by line without looking inside the lines.
// CommonMark's blocks (https://spec.commonmark.org), and what archives of converted pages need
// beyond them: tables, text without blank lines, a heading or table inside a list item.

enum class BlockType : std::uint8_t {
    paragraph,
    heading,
    list_item,
    table_header,
    table_row,
    code,
};

// A block of the source, white space around it trimmed, its own markers included ("## ", "* ").
struct RawBlock {
    BlockType type = BlockType::paragraph;
    std::uint8_t level = 0;       // heading: 1 to 6; list item: columns of indentation
    bool continues_item = false;  // a further paragraph of the list item before it
    std::uint32_t begin = 0;      // byte offsets into the source
    std::uint32_t end = 0;
};

// Never fails: every byte that is not white space or a marker lies in exactly one block, in order.
// Linear time. `source` must be below 4 GiB.
std::vector<RawBlock> scan_markdown(std::string_view source);

// Returns the bytes of the marker that a line begins with and of the blanks behind it; 0 if it has
// none. Headings begin with "## ", list items with "* ", "12) " or "• ".
std::size_t heading_marker(std::string_view line);
std::size_t list_marker(std::string_view line);

}  // namespace smallprint::split

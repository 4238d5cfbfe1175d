// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "indexer/split/html_events.h"

#include <cstdint>
#include <string_view>

namespace smallprint::split {

// Says what an element does to the text that stands in it.
enum class ElementType : std::uint8_t {
    phrase,  // nothing: its text is part of the line
    apart,   // blanks stand around it: a button, or what HTML does not know
    bold,
    link,
    line_break,
    block,  // from here on, the text stands by itself, as it does inside:
    heading,
    list,
    ordered_list,
    item,
    term,
    definition,
    table,
    table_row,
    table_cell,
    header_cell,
    preformatted,
    summary,
    title,
};

// Says which part of a page an element announces itself to be, by its name, role, class or id.
enum class PageRole : std::uint8_t {
    none,
    main,     // what the page is for
    header,   // may hold the title
    beside,   // navigation, footer, sidebar, banner, dialog, form control
    named,    // the same, but only its class or id says so
    hinted,   // its class or id may say so, but may also say what its text is about
    hidden,   // not shown; perhaps not yet
    no_page,  // put there by an archive
};

struct Element {
    ElementType type = ElementType::phrase;
    PageRole role = PageRole::none;
    std::uint8_t level = 0;  // of a heading
};

inline bool is_block_level(ElementType type) {
    return type >= ElementType::block;
}

inline bool is_cell(ElementType type) {
    return type == ElementType::table_cell || type == ElementType::header_cell;
}

// `name` in small letters.
Element describe_element(std::string_view name, const HtmlAttributes& attributes);

// Judges the words of a class or id, of which "cookie-banner" has two and "siteNav" as well: named,
// hinted or none.
PageRole role_by_name(std::string_view class_or_id);

}  // namespace smallprint::split

// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>
#include <string_view>

namespace smallprint::split {

// "&eacute;", "&#233;" or "&#xE9;", as the HTML standard decodes them in text: a number without its
// semicolon is one, and so are those names that browsers have always known without it, whatever
// follows ("&nbspone"). Numbers from 128 to 159 are bytes of windows-1252.
struct CharacterReference {
    std::size_t size = 0;  // bytes, "&" and semicolon included; 0 where no reference is
    char32_t first = 0;    // what it stands for
    char32_t second = 0;   // the other character of the few names that stand for two; else 0
};

// Reads the reference that `text` begins with.
CharacterReference read_character_reference(std::string_view text);

}  // namespace smallprint::split

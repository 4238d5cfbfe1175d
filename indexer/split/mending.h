// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace smallprint::split {

// Converted pages hold Markdown that means nothing to CommonMark. These change the text of a block
// byte for byte in place, so that offsets stay true. Linear time.

// Makes the lines one, so that no block is found inside whatever they begin with; only hard breaks
// stay. Lines of a block quote keep their markers up to here; they are no text.
void join_lines(std::string& block);

// Blanks in a link's target, "[x](/a b)", get a stand-in; restored_target() makes them "%20".
void fill_targets(std::string& block);
std::string restored_target(std::string_view target);

// "**Bold **text" becomes "**Bold** text", "**Bold:**Text" becomes "**Bold**:Text", which
// CommonMark knows to be bold.
void tighten_bold(std::string& block);

// Pages have links around several blocks: "[Rate" in one and "1.09%](https://...)" in another.
// Brackets that nothing closes in this block become blanks; true if there is a link's end that
// nothing opens.
bool blank_open_brackets(std::string& block);

}  // namespace smallprint::split

// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace smallprint {

// Which files of an archive can be policies in Markdown or plain text.

inline constexpr std::string_view k_not_text_file = "not a .md, .markdown, .txt or .text file";

// By its extension, in any case.
bool is_text_file(std::string_view path);

// Why these first bytes of a file cannot be those of a policy's text; empty if they can.
std::string reason_against(std::string_view head);

}  // namespace smallprint
